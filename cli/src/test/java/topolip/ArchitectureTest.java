package topolip;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The arrows between packages: the flow from data to report, read left to right.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("topolip");

  /// Each package of the project, and those that it may use.
  private static final Map<String, List<String>> ARROWS = arrows();

  private static Map<String, List<String>> arrows() {
    Map<String, List<String>> arrows = new LinkedHashMap<>();
    arrows.put("geometry", List.of());
    arrows.put("homology", List.of("geometry"));
    arrows.put("diagram", List.of("homology"));
    arrows.put("dataset", List.of());
    arrows.put("engine", List.of());
    arrows.put("model", List.of("dataset", "geometry", "engine"));
    arrows.put(
        "perturb", List.of("dataset", "model", "engine", "perturb.attack", "perturb.corruption"));
    arrows.put("perturb.corruption", List.of("dataset", "model", "engine", "geometry"));
    arrows.put("perturb.attack", List.of("dataset", "model", "engine"));
    arrows.put("representation", List.of("geometry", "homology"));
    arrows.put(
        "profile",
        List.of(
            "representation",
            "lipschitz",
            "dataset",
            "model",
            "perturb",
            "engine",
            "geometry",
            "homology",
            "diagram"));
    arrows.put("lipschitz", List.of("dataset", "model", "engine", "geometry", "perturb.attack"));
    arrows.put("onnx", List.of("model", "dataset", "lipschitz"));
    arrows.put("torch", List.of("model", "dataset", "engine"));
    arrows.put("torch.onnx", List.of("torch", "model", "dataset"));
    arrows.put("study", List.of("profile", "model", "engine"));
    arrows.put("report", List.of("study", "profile", "model", "engine", "geometry", "homology"));
    arrows.put(
        "cli",
        List.of(
            "report",
            "study",
            "onnx",
            "torch",
            "torch.onnx",
            "profile",
            "lipschitz",
            "perturb",
            "perturb.attack",
            "perturb.corruption",
            "model",
            "dataset",
            "engine",
            "geometry",
            "diagram",
            "homology"));
    return arrows;
  }

  private static ArchRule rule(String source, List<String> targets) {
    String[] allowed =
        Stream.concat(Stream.of(source), targets.stream())
            .map(name -> "topolip." + name)
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("topolip." + source)
        .should()
        .dependOnClassesThat(resideInAnyPackage("topolip..").and(not(resideInAnyPackage(allowed))));
  }

  @TestFactory
  Stream<DynamicTest> packagesUseOnlyWhatTheyMay() {
    return ARROWS.entrySet().stream()
        .map(arrow ->
            DynamicTest.dynamicTest(
                arrow.getKey(), () -> rule(arrow.getKey(), arrow.getValue()).check(CLASSES)));
  }

  /// Each arrow is there for a reason: without it, the rule fails.
  @TestFactory
  Stream<DynamicTest> rulesFailWithoutAnArrow() {
    return ARROWS.entrySet().stream()
        .flatMap(arrow ->
            arrow.getValue().stream()
                .map(target ->
                    DynamicTest.dynamicTest(
                        arrow.getKey() + " without " + target,
                        () -> {
                          List<String> fewer =
                              arrow.getValue().stream()
                                  .filter(name -> !name.equals(target))
                                  .toList();
                          assertThat(rule(arrow.getKey(), fewer).evaluate(CLASSES).hasViolation())
                              .isTrue();
                        })));
  }

  @Test
  void everyPackageHasARule() {
    assertThat(
            CLASSES.stream()
                .map(type -> type.getPackageName())
                .distinct()
                .filter(name -> name.startsWith("topolip.")))
        .allSatisfy(name -> assertThat(ARROWS).containsKey(name.substring("topolip.".length())));
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("topolip.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void topologyUsesTheJdkOnly() {
    ArchRule rule =
        classes()
            .that()
            .resideInAnyPackage("topolip.geometry", "topolip.homology", "topolip.diagram")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "java..",
                "org.jspecify..",
                "topolip.geometry",
                "topolip.homology",
                "topolip.diagram");
    rule.check(CLASSES);
  }

  @Test
  void nativeMemoryStaysInItsModule() {
    noClasses()
        .that()
        .resideOutsideOfPackage("topolip.onnx")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnxruntime..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("topolip.torch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void protocolBuffersStayWhereOnnxIs() {
    noClasses()
        .that()
        .resideOutsideOfPackages("topolip.onnx", "topolip.torch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnx..", "com.google.protobuf..")
        .check(CLASSES);
  }

  @Test
  void noRoomIsWithoutANoun() {
    assertThat(CLASSES.stream().map(type -> type.getSimpleName()))
        .noneMatch(name ->
            Arrays.asList("Util", "Utils", "Helper", "Manager", "Common").stream()
                .anyMatch(name::endsWith));
  }
}
