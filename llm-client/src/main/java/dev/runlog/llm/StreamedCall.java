package dev.runlog.llm;

/**
 * What a stream needs of the call that it answers.
 *
 * @param model as requested
 */
record StreamedCall<A extends ModelAnswer>(
    ModelCalls calls,
    Api<A> api,
    CallLog log,
    CallFailures failures,
    AnswerReader<A> reader,
    String model) {}
