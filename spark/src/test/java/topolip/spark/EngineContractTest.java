package topolip.spark;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import topolip.cli.Cluster;
import topolip.engine.Engine;
import topolip.engine.LocalEngine;

class EngineContractTest {

  @Nested
  class OneThread extends EngineContract {
    @Override
    Engine open() {
      return new LocalEngine(1);
    }
  }

  @Nested
  class FourThreads extends EngineContract {
    @Override
    Engine open() {
      return new LocalEngine(4);
    }
  }

  @Nested
  class Spark extends EngineContract {
    @Override
    Engine open() throws IOException {
      return SparkEngine.open("local[2]", Cluster.Work.PROFILES, Map.of(), 2);
    }
  }
}
