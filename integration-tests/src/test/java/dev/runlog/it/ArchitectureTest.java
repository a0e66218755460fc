package dev.runlog.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the modules, and the few rules that every class follows. */
class ArchitectureTest {

  private static final String EVENTS = "dev.runlog.events..";
  private static final String PROCESS = "dev.runlog.process..";
  private static final String LLM = "dev.runlog.llm..";
  private static final String SUPERVISOR = "dev.runlog.supervisor..";
  private static final String WORKER = "dev.runlog.worker..";
  private static final String CONSOLE = "dev.runlog.console..";
  private static final String GENERATED = "dev.runlog.events.schema..";

  private static final JavaClasses CLASSES = importWithoutTests();

  private static JavaClasses importWithoutTests() {
    return new ClassFileImporter()
        .importPackages("dev.runlog")
        .that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("..jmh_generated..")))
        .that(
            DescribedPredicate.not(
                JavaClass.Predicates.resideInAnyPackage(
                    ArchitectureTest.class.getPackageName() + "..")));
  }

  @Test
  void everyModuleIsThere() {
    for (String module : List.of(EVENTS, PROCESS, LLM, SUPERVISOR, WORKER, CONSOLE)) {
      assertThat(CLASSES.that(JavaClass.Predicates.resideInAPackage(module)))
          .as(module)
          .isNotEmpty();
    }
  }

  @Test
  void modulesPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("events-core")
        .definedBy(EVENTS)
        .layer("process-runtime")
        .definedBy(PROCESS)
        .layer("llm-client")
        .definedBy(LLM)
        .layer("supervisor")
        .definedBy(SUPERVISOR)
        .layer("worker")
        .definedBy(WORKER)
        .layer("console")
        .definedBy(CONSOLE)
        .whereLayer("events-core")
        .mayNotAccessAnyLayer()
        .whereLayer("process-runtime")
        .mayOnlyAccessLayers("events-core")
        .whereLayer("llm-client")
        .mayOnlyAccessLayers("events-core")
        .whereLayer("supervisor")
        .mayOnlyAccessLayers("events-core", "process-runtime")
        .whereLayer("worker")
        .mayOnlyAccessLayers("events-core", "process-runtime", "llm-client")
        .whereLayer("console")
        .mayOnlyAccessLayers("events-core", "process-runtime")
        .check(CLASSES);
  }

  @Test
  void theKernelKnowsNoModelAndNoHttpClient() {
    noClasses()
        .that()
        .resideInAnyPackage(SUPERVISOR, PROCESS, EVENTS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(LLM, "okhttp3..", "okio..", "java.net.http..", "com.knuddels..")
        .because("the kernel must outlive a broken model call")
        .check(CLASSES);
  }

  @Test
  void librariesNeitherPrintNorLog() {
    noClasses()
        .that()
        .resideInAnyPackage(EVENTS, LLM)
        .and()
        .doNotHaveSimpleName("QuietLibraries")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..")
        .because("business code writes events")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(EVENTS, LLM)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("standard output belongs to the application")
        .check(CLASSES);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
        .because("such a name says nothing of the role")
        .check(CLASSES);
  }

  @Test
  void onlyTheComposersTakeTheEnvironmentFromTheSystem() {
    noClasses()
        .that()
        .haveNameNotMatching(".*(Main|Terminal)(\\$.*)?")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .because("settings come in as values")
        .check(CLASSES);
  }

  @Test
  void absenceIsNeverNullByAccident() {
    Set<JavaPackage> packages =
        CLASSES
            .that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(GENERATED)))
            .stream()
            .map(JavaClass::getPackage)
            .collect(Collectors.toSet());
    assertThat(packages)
        .filteredOn(java -> !java.isAnnotatedWith(NullMarked.class))
        .as("packages without @NullMarked in a package-info.java")
        .usingElementComparator(Comparator.comparing(JavaPackage::getName))
        .isEmpty();
  }

  @Test
  void whatPassesBetweenModulesIsFinal() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .resideOutsideOfPackage(GENERATED)
        .and()
        .areNotAnnotatedWith("org.openjdk.jmh.annotations.State") // JMH extends what it measures.
        .should()
        .haveModifier(JavaModifier.FINAL)
        .because("nothing here is made to be extended")
        .check(CLASSES);
  }
}
