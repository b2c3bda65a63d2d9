package dev.madeleine.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The contenders as bars, for the smallest session: encode and decode on one scale, which is linear
 * and begins at zero, so that a bar of twice the length is twice the cost.
 */
final class Chart {
  private static final int WIDTH = 800;
  private static final int LEFT = 208;
  private static final int RIGHT = 80;
  private static final int BAR = 14;
  private static final int PITCH = 20;
  private static final int PANEL_HEAD = 52;
  private static final int PANEL_FOOT = 30;
  private static final int HEAD = 40;
  private static final int FOOT = 48;
  private static final int SIZE = SampleSession.SMALL.jsonBytes();

  /** Colours for light and dark surroundings; the text on each is dark or light enough to read. */
  private static final String STYLE =
      """
      text { font: 13px system-ui, sans-serif; fill: #1f2328 }
      .head { font-size: 16px; font-weight: 600 }
      .panel { font-weight: 600 }
      .small { font-size: 12px; fill: #59636e }
      .end { text-anchor: end }
      .middle { text-anchor: middle }
      .paper { fill: #ffffff }
      .grid { stroke: #d1d9e0 }
      .bar { fill: #a3abb4 }
      .ours { fill: #0969da }
      .name-ours { font-weight: 600 }
      .parts { stroke: #cf222e; stroke-dasharray: 4 3 }
      .parts-name { fill: #cf222e; font-size: 12px; font-weight: 600 }
      @media (prefers-color-scheme: dark) {
        text { fill: #f0f6fc }
        .small { fill: #9198a1 }
        .paper { fill: #0d1117 }
        .grid { stroke: #3d444d }
        .bar { fill: #656c76 }
        .ours { fill: #4493f8 }
        .parts { stroke: #ff7b72 }
        .parts-name { fill: #ff7b72 }
      }
      """;

  private final List<Panel> panels;
  private final double scale;
  private final double step;

  /** The bars of one operation, the cheapest first, and the sums of parts that were measured. */
  private record Panel(String operation, List<ResultRow> bars, List<ResultRow> parts) {
    static Panel of(Results results, String operation) {
      return new Panel(
          operation,
          results.rows().stream()
              .filter(row -> row.group().equals("text") && row.size() == SIZE)
              .filter(row -> row.operation().equals(operation))
              .toList(),
          Stream.of(Results.PARTS_BY_HAND, Results.PARTS_WITH_JACKSON)
              .flatMap(name -> results.parts(operation, SIZE, name).stream())
              .toList());
    }

    int height() {
      return PANEL_HEAD + bars.size() * PITCH + PANEL_FOOT;
    }

    double most() {
      return bars.stream().mapToDouble(ResultRow::cpuNs).max().orElse(1);
    }
  }

  private Chart(List<Panel> panels) {
    this.panels = panels;
    double most = panels.stream().mapToDouble(Panel::most).max().orElse(1);
    this.scale = (WIDTH - LEFT - RIGHT) / most;
    this.step = step(most);
  }

  /**
   * The chart as SVG, or empty if no contender's encode or decode was measured.
   *
   * @param caption machine, versions and date
   */
  static Optional<String> of(Results results, String caption) {
    List<Panel> panels =
        List.of("encode", "decode").stream()
            .map(operation -> Panel.of(results, operation))
            .filter(panel -> !panel.bars().isEmpty())
            .toList();
    return panels.isEmpty() ? Optional.empty() : Optional.of(new Chart(panels).draw(caption));
  }

  /** The distance of grid lines: 1, 2 or 5 of a power of ten, at most eight to the longest bar. */
  private static double step(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(most / 8)));
    double units = most / 8 / power;
    return power * (units <= 1 ? 1 : units <= 2 ? 2 : units <= 5 ? 5 : 10);
  }

  private String draw(String caption) {
    int height = HEAD + panels.stream().mapToInt(Panel::height).sum() + FOOT;
    Svg svg = new Svg(WIDTH, height, title(), description(), STYLE);
    svg.rectangle(0, 0, WIDTH, height, "paper");
    svg.text(16, 28, "head", title());
    int top = HEAD;
    for (Panel panel : panels) {
      draw(svg, panel, top);
      top += panel.height();
    }
    svg.text(
        16,
        top + 20,
        "small",
        "J, H: the sum of parts that nobody can leave out, with JSON by Jackson and by hand.");
    svg.text(16, top + 36, "small", caption);
    return svg.end();
  }

  private void draw(Svg svg, Panel panel, int top) {
    int first = top + PANEL_HEAD;
    int bottom = first + panel.bars().size() * PITCH;
    svg.text(
        16,
        top + 24,
        "panel",
        panel.operation() + ": CPU nanoseconds, linear from zero, less is better");
    for (int i = 0; i * step * scale <= WIDTH - LEFT - RIGHT; i++) {
      svg.line(x(i * step), first - 4, bottom, "grid");
      svg.text(x(i * step), bottom + 16, "small middle", nanos(i * step));
    }
    for (int i = 0; i < panel.bars().size(); i++) {
      bar(svg, panel.bars().get(i), first + i * PITCH);
    }
    for (ResultRow sum : panel.parts()) {
      boolean byHand = sum.name().equals(Results.PARTS_BY_HAND);
      svg.line(x(sum.cpuNs()), first - 8, bottom, "parts");
      svg.text(
          x(sum.cpuNs()) + (byHand ? 2 : -2),
          first - 12,
          byHand ? "parts-name end" : "parts-name",
          (byHand ? "H " : "J ") + nanos(sum.cpuNs()));
    }
  }

  private void bar(Svg svg, ResultRow row, int top) {
    boolean ours = isOurs(row);
    int baseline = top + BAR - 2;
    svg.text(LEFT - 8, baseline, ours ? "end name-ours" : "end", versioned(row.name()));
    svg.rectangle(LEFT, top, row.cpuNs() * scale, BAR, ours ? "ours" : "bar");
    svg.text(x(row.cpuNs()) + 6, baseline, ours ? "name-ours" : "", nanos(row.cpuNs()));
  }

  /** The name, and the version of what is a library of others. */
  private static String versioned(String name) {
    return Stream.of(Contender.values())
        .filter(contender -> contender.label().equals(name))
        .filter(contender -> contender != Contender.NAIVE && !name.startsWith(Targets.OURS))
        .map(contender -> name + " " + contender.version())
        .findFirst()
        .orElse(name);
  }

  private static boolean isOurs(ResultRow row) {
    return row.name().startsWith(Targets.OURS);
  }

  private double x(double nanos) {
    return LEFT + nanos * scale;
  }

  private static String nanos(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String title() {
    return "A session of " + SIZE + " bytes to signed or encrypted text and back";
  }

  private String description() {
    return panels.stream()
        .map(
            panel ->
                panel.bars().stream()
                    .map(row -> row.name() + " " + nanos(row.cpuNs()))
                    .collect(
                        Collectors.joining(", ", panel.operation() + ", CPU nanoseconds: ", ".")))
        .collect(Collectors.joining(" "));
  }
}
