package topolip.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import topolip.cli.Cluster;

/// What is wrong with a cluster is said in one line.
class SparkEngineTest {

  @Test
  void versionIsThatOfTheSparkCompiledWith() {
    String running = org.apache.spark.package$.MODULE$.SPARK_VERSION();
    assertThatCode(() -> Application.requireVersion(running)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Application.requireVersion("4.20.1"))
        .hasMessageContaining("built for Spark 4.2, but runs in Spark 4.20.1");
  }

  @Test
  void masterThatIsNotThereIsNamed() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String master = "spark://127.0.0.1:" + port;
    assertThatThrownBy(() -> SparkEngine.open(master, Cluster.Work.PROFILES, Map.of(), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no Spark master at " + master);
    assertThatThrownBy(
            () -> SparkEngine.open("spark://127.0.0.1", Cluster.Work.PROFILES, Map.of(), 1))
        .hasMessageContaining("expected HOST:PORT, not 127.0.0.1");
  }

  @Test
  void clusterWhoseLibrariesAreNotThereIsNamed() {
    assertThatThrownBy(() -> SparkEngine.open("yarn", Cluster.Work.PROFILES, Map.of(), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Spark 4.2.0 could not start an application at yarn");
  }

  @Test
  void onlyThisModuleKnowsSpark() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("topolip");
    noClasses()
        .that()
        .resideOutsideOfPackage("topolip.spark")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..", "topolip.spark")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage("topolip.spark")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("topolip.profile..", "topolip.model..", "topolip.homology..")
        .check(classes);
    assertThat(classes.contain(SparkEngine.class)).isTrue();
  }
}
