package topolip.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.ObjIntConsumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import topolip.cli.Cluster;
import topolip.engine.Engine;
import topolip.engine.Progress;
import topolip.engine.Unit;
import topolip.engine.UnitFailure;

/// Runs units on Apache Spark: each call is one job. A task is one command of a study, or a batch
/// of units of a profile: as many batches as keep all cores busy to the end, since a task costs
/// some milliseconds, whatever it does.
///
/// What the units share is broadcast; units and results travel by Java serialisation. Spark tries a
/// unit again that fails, or whose executor is lost, up to `spark.task.maxFailures` times in all
/// (once with a master `local[…]`). For profiles executors need no natives, only the three jars
/// that this engine sends them; for commands, the program. One engine a JVM at a time.
public final class SparkEngine implements Engine {
  private static final int BATCHES_A_CORE = 4;

  private final JavaSparkContext context;
  private final Cluster.Work work;
  private final int threads;

  private SparkEngine(JavaSparkContext context, Cluster.Work work, int threads) {
    this.context = context;
    this.work = work;
    this.threads = threads;
  }

  /// An engine on a cluster, to be closed.
  ///
  /// @param master as Spark names it, such as `spark://host:7077` or `local[4]`
  /// @param work what it is for
  /// @param settings of Spark, before system properties `spark.…`
  /// @param threads of this machine, for what is not a unit
  /// @throws IOException if there is no such cluster, or its version is not one that fits
  public static SparkEngine open(
      String master, Cluster.Work work, Map<String, String> settings, int threads)
      throws IOException {
    return new SparkEngine(Application.start(master, work, settings), work, threads);
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public <S, R> List<R> run(S shared, List<? extends Unit<S, R>> units, Progress.Stage stage)
      throws UnitFailure {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
    if (units.isEmpty()) {
      return List.of();
    }
    try {
      return inJob(shared, List.copyOf(units), stage);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted");
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  /// Results arrive in any order, on Spark's thread, before the job ends.
  @SuppressWarnings("unchecked") // arrays of R cannot be made
  private <S, R> List<R> inJob(S shared, List<Unit<S, R>> units, Progress.Stage stage)
      throws UnitFailure, InterruptedException {
    List<List<Unit<S, R>>> batches = batches(units);
    Object[] results = new Object[units.size()];
    ObjIntConsumer<List<R>> arrived =
        (found, batch) -> {
          for (int k = 0; k < found.size(); k++) {
            results[batch + k * batches.size()] = found.get(k);
            stage.step(1);
          }
        };
    String group = UUID.randomUUID().toString();
    Broadcast<S> broadcast = context.broadcast(shared);
    context.setJobGroup(group, units.getFirst().name() + " …", true);
    boolean done = false;
    try {
      submit(new UnitTask<>(broadcast), batches, arrived);
      done = true;
    } catch (InterruptedException e) {
      context.cancelJobGroup(group);
      throw e;
    } catch (Exception e) {
      throw context.sc().isStopped() ? JobFailure.ofStopped(e, batches) : JobFailure.of(e, batches);
    } finally {
      context.clearJobGroup();
      forget(broadcast, done);
    }
    return (List<R>) Arrays.asList(results);
  }

  /// Waits for it: or else it may go on when Spark has been stopped. After a job that failed, of
  /// which executors may be lost with what they held, the failure of the job is what counts.
  private static void forget(Broadcast<?> broadcast, boolean done) {
    try {
      broadcast.destroy(true);
    } catch (Exception e) { // Scala's are unannounced
      if (done) {
        throw e;
      }
    }
  }

  /// Dealt out in turn, so that units that cost alike are in different batches.
  private <S, R> List<List<Unit<S, R>>> batches(List<Unit<S, R>> units) {
    int count =
        switch (work) {
          case COMMANDS -> units.size();
          case PROFILES -> Math.min(units.size(), BATCHES_A_CORE * context.defaultParallelism());
        };
    List<List<Unit<S, R>>> batches = new ArrayList<>();
    for (int batch = 0; batch < count; batch++) {
      List<Unit<S, R>> dealt = new ArrayList<>();
      for (int unit = batch; unit < units.size(); unit += count) {
        dealt.add(units.get(unit));
      }
      batches.add(dealt);
    }
    return batches;
  }

  /// @throws Exception as Scala does, unannounced
  private <S, R> void submit(
      UnitTask<S, R> task, List<List<Unit<S, R>>> batches, ObjIntConsumer<List<R>> arrived)
      throws Exception {
    AbstractFunction2<Object, List<R>, BoxedUnit> handler =
        new AbstractFunction2<>() {
          @Override
          public BoxedUnit apply(Object partition, List<R> results) {
            arrived.accept(results, (Integer) partition);
            return BoxedUnit.UNIT;
          }
        };
    ClassTag<List<R>> results = ClassTag$.MODULE$.apply(List.class);
    context
        .sc()
        .<List<Unit<S, R>>, List<R>>runJob(
            context.parallelize(batches, batches.size()).rdd(), task, handler, results);
  }

  @Override
  public void close() {
    context.stop();
  }
}
