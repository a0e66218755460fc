package dev.runlog.events.control;

import dev.runlog.events.log.RunId;
import java.util.Optional;

/**
 * A row of the commands table.
 *
 * @param id its id
 * @param verb what to do
 * @param target an instance; to scale, a role
 * @param argument to scale: how many
 * @param state where it is
 * @param askedBy run that asked
 * @param answer what was done, or why not, once it has ended
 */
public record Command(
    long id,
    Verb verb,
    String target,
    Optional<Integer> argument,
    CommandState state,
    RunId askedBy,
    Optional<String> answer) {}
