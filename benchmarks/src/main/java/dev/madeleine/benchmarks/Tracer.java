package dev.madeleine.benchmarks;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.connect.VMStartException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.MethodEntryRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Records which of our methods a request enters when it changes one attribute of its session, and
 * prints how many there are and in which classes. A second JVM sends the request; the debugger
 * interface of the JDK reports the entries.
 *
 * <pre>benchmarks/run trace</pre>
 *
 * <p>The figures are a thermometer, not a goal: they show how far a reader has to walk, and code
 * written to lower them is not easier to read.
 *
 * <p>Two traces can be compared only if both were counted in the same way. This one is:
 *
 * <ul>
 *   <li>Every method with source code counts: also constructors, static initialisers, lambda
 *       bodies, record accessors and bridge methods. The classes that the JVM generates for lambdas
 *       have no source file and are left out; with them, each would count as one more file.
 *   <li>Methods are counted by class and name, so overloads count once. By signature there are a
 *       few more.
 *   <li>A change of file is an entry in a different file from the entry before. A return to the
 *       caller is not an entry; counting every crossing by call or return more than doubles the
 *       figure.
 *   <li>The session has a single attribute, and its cookie is the only one. Each further attribute
 *       is read and written by the same methods, so it adds entries but no files.
 *   <li>The application reads the attribute before it changes it.
 *   <li>The JVM is warm. The first request of a JVM also initialises classes and derives keys.
 *   <li>The clock stands still. If a new second begins during the request, the session is
 *       serialized and sealed once more.
 * </ul>
 */
public final class Tracer {
  private static final int WARM_UP = 500;
  // Much longer than any step takes, even on a busy machine: only a JVM that hangs exceeds it.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String BENCHMARKS = Tracer.class.getPackageName();
  private static final String OURS = BENCHMARKS.substring(0, BENCHMARKS.lastIndexOf('.'));

  private final VirtualMachine machine;
  private final List<RequestTrace.Entry> entries = new ArrayList<>();

  private Tracer(VirtualMachine machine) {
    this.machine = machine;
  }

  /** Prints the trace of a request. */
  public static void main(String... none)
      throws IOException,
          IllegalConnectorArgumentsException,
          VMStartException,
          InterruptedException {
    System.out.print(trace(WARM_UP).report());
  }

  /**
   * Traces a request in a JVM of its own.
   *
   * @param warmUp the number of requests before it
   * @throws IllegalStateException if the JVM fails or does nothing for a long time
   */
  static RequestTrace trace(int warmUp)
      throws IOException,
          IllegalConnectorArgumentsException,
          VMStartException,
          InterruptedException {
    LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    set(arguments, "main", TracedRequest.class.getName() + " " + warmUp);
    set(arguments, "options", "-cp \"" + System.getProperty("java.class.path") + "\"");
    VirtualMachine machine = connector.launch(arguments);
    Process process = machine.process();
    try {
      CompletableFuture<String> errors = textOf(process.getErrorStream());
      Tracer tracer = new Tracer(machine);
      tracer.follow();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the traced JVM did not end within " + PATIENCE);
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException("the traced JVM failed: " + errors.join());
      }
      return new RequestTrace(tracer.entries);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void set(Map<String, Connector.Argument> arguments, String name, String value) {
    Objects.requireNonNull(arguments.get(name), name).setValue(value);
  }

  /** Reads a stream to its end, in the background so that its writer never blocks. */
  private static CompletableFuture<String> textOf(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new String(stream.readAllBytes(), Charset.defaultCharset());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Records entries from the last request to the end of the JVM, which follows it. */
  private void follow() throws InterruptedException {
    ClassPrepareRequest loading = machine.eventRequestManager().createClassPrepareRequest();
    loading.addClassFilter(TracedRequest.class.getName());
    loading.enable();
    boolean connected = true;
    while (connected) {
      EventSet events = machine.eventQueue().remove(PATIENCE.toMillis());
      if (events == null) {
        throw new IllegalStateException("the traced JVM did nothing for " + PATIENCE);
      }
      for (Event event : events) {
        if (event instanceof ClassPrepareEvent loaded) {
          stopBeforeLast(loaded.referenceType());
        } else if (event instanceof BreakpointEvent stop) {
          record(stop.thread());
        } else if (event instanceof MethodEntryEvent entry) {
          add(entry.location());
        } else if (event instanceof VMDisconnectEvent) {
          connected = false;
        }
      }
      events.resume();
    }
  }

  private void stopBeforeLast(ReferenceType traced) {
    for (Method method : traced.methodsByName(TracedRequest.LAST)) {
      machine.eventRequestManager().createBreakpointRequest(method.location()).enable();
    }
  }

  private void record(ThreadReference thread) {
    MethodEntryRequest ours = machine.eventRequestManager().createMethodEntryRequest();
    ours.addThreadFilter(thread);
    ours.addClassFilter(OURS + ".*");
    ours.addClassExclusionFilter(BENCHMARKS + ".*");
    ours.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    ours.enable();
  }

  private void add(Location entry) {
    String type = entry.declaringType().name();
    try {
      entries.add(
          new RequestTrace.Entry(
              entry.sourcePath(),
              type.substring(OURS.length() + 1).replace('$', '.'),
              entry.method().name()));
    } catch (AbsentInformationException e) {
      // The JVM generated this class, so it has no source.
    }
  }
}
