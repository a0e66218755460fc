package dev.runlog.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionSignaturesTest {

  @Test
  void rendersAFunctionWithDocumentedParameters() {
    assertThat(
            namespace(
                "{'name':'weather','description':' Tells\\n\\n the weather ','parameters':{"
                    + "'type':'object','required':['city'],'properties':{"
                    + "'city':{'type':'string','title':'City','description':'Where'},"
                    + "'unit':{'type':'string','enum':['C','F'],'default':'C'},"
                    + "'days':{'type':'integer','default':3},"
                    + "'note':{'type':['string','null'],'default':null}}}}"))
        .isEqualTo(
            """
            namespace functions {

            // Tells
            //
            // the weather
            type weather = (_: {
            // City
            //
            // Where
            city: string,
            unit?: "C" | "F", // default: C
            days?: number, // default: 3
            note?: string | null, // default: null
            }) => any;

            } // namespace functions""");
  }

  @Test
  void rendersUndocumentedParametersOnOneLine() {
    assertThat(
            namespace(
                "{'name':'f','parameters':{'required':['a'],'properties':{'a':{'type':'array',"
                    + "'items':{'type':'number'}},'b':{'type':'object'},'c':{'type':'array'}}}}"))
        .contains("type f = (_: { a: number[], b?: object, c?: any[] }) => any;");
  }

  @Test
  void rendersAFunctionWithoutParameters() {
    assertThat(namespace("{'name':'f','parameters':{'type':'object','properties':{}}}"))
        .contains("type f = () => any;");
  }

  @Test
  void rendersWhatAReferenceNames() {
    assertThat(
            namespace(
                "{'name':'f','parameters':{'required':['p','q'],'properties':{'p':{'$ref':"
                    + "'#/$defs/P'},'q':{'type':'array','items':{'$ref':'#/$defs/P'}}},'$defs':{"
                    + "'P':{'title':'Point','type':'object','required':['x'],'properties':{"
                    + "'x':{'type':'number'}}}}}}"))
        .contains("p:\n// Point\n{ x: number }, q: Array<\n// Point\n{ x: number }\n> }");
  }

  private static String namespace(String function) {
    return FunctionSignatures.namespace(
        FunctionSignatures.body(List.of(Json.readObject(function.replace('\'', '"')))));
  }
}
