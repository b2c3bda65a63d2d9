package dev.madeleine.benchmarks;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A benchmark in the form of JMH as a loop: what JMH generates for it, without the clock.
 *
 * <p>Each contestant has this class by a class loader of its own, with which it has a profile of
 * its own, too. Only types of the JDK pass between the loaders.
 */
final class BenchmarkLoop implements IntConsumer {
  /** What JMH wants to hear. */
  private static final String PASSWORD =
      "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.";

  /** Invocations in a call: few, so that the JIT compiles a whole method soon and not a loop. */
  private static final int INNER = 16;

  private final Callable<?> benchmark;
  private final Blackhole blackhole = new Blackhole(PASSWORD);

  /** Read before each invocation: nothing that one does can be moved out of the loop. */
  private volatile boolean stopped;

  private BenchmarkLoop(Callable<?> benchmark) {
    this.benchmark = benchmark;
  }

  /**
   * The loop of a case, after its setup.
   *
   * @param text of a {@link BenchmarkCase}
   */
  static IntConsumer of(String text) throws Exception {
    BenchmarkCase benchmarkCase = BenchmarkCase.parse(text);
    Object state = benchmarkCase.newState();
    for (Method method : state.getClass().getMethods()) {
      if (method.isAnnotationPresent(Setup.class)) {
        setUp(method, state, benchmarkCase);
      }
    }
    return new BenchmarkLoop(callable(benchmarkCase.method(), state));
  }

  private static void setUp(Method method, Object state, BenchmarkCase benchmarkCase)
      throws Exception {
    try {
      method.invoke(state);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(benchmarkCase + ": " + e.getCause(), e.getCause());
    }
  }

  /** The method as a lambda expression would have it, which the JIT looks through. */
  private static Callable<?> callable(Method method, Object state) throws Exception {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle handle = lookup.unreflect(method);
    MethodHandle factory =
        LambdaMetafactory.metafactory(
                lookup,
                "call",
                MethodType.methodType(Callable.class, state.getClass()),
                MethodType.methodType(Object.class),
                handle,
                MethodType.methodType(method.getReturnType()).wrap())
            .getTarget();
    try {
      return (Callable<?>) factory.invoke(state);
    } catch (Error | Exception e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e); // A throwable is an error or an exception.
    }
  }

  @Override
  public void accept(int invocations) {
    try {
      for (int rest = invocations; rest > 0; rest -= INNER) {
        some(Math.min(rest, INNER));
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("The benchmark fails: " + e, e);
    }
  }

  private void some(int invocations) throws Exception {
    for (int i = 0; i < invocations && !stopped; i++) {
      blackhole.consume(benchmark.call());
    }
  }
}
