package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartTest {
  private Document chart;

  @BeforeEach
  void draw() throws Exception {
    List<ResultRow> rows = new ArrayList<>();
    for (Part part : Part.values()) {
      rows.add(row("parts", "encode", part.label(), 100));
    }
    rows.add(row("text", "encode", "jjwt", 1000));
    rows.add(row("text", "encode", "madeleine", 500));
    rows.add(row("text", "decode", "<jwt> & more", 4000));
    rows.add(Rows.row("text", "encode", "large", 2927, 9000, 0));
    String svg = Chart.of(Results.of(rows), "a <fast> machine, 2026-11-21").orElseThrow();
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    chart = factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  @Test
  void hasALinearBarForEachContenderTheCheapestFirst() {
    List<Double> widths =
        elements("rect")
            .filter(rect -> !rect.getAttribute("class").equals("paper"))
            .map(rect -> Double.parseDouble(rect.getAttribute("width")))
            .toList();

    assertThat(widths).hasSize(3);
    assertThat(widths.get(1)).isCloseTo(2 * widths.get(0), within(0.2));
    assertThat(widths.get(2)).isCloseTo(8 * widths.get(0), within(0.5));
    assertThat(texts())
        .containsSubsequence("madeleine", "jjwt " + Contender.JJWT.version(), "<jwt> & more");
  }

  @Test
  void marksOurs() {
    assertThat(elements("rect").map(rect -> rect.getAttribute("class")))
        .containsExactly("paper", "ours", "bar", "bar");
  }

  @Test
  void drawsTheSumsOfPartsWhereTheyWereMeasured() {
    assertThat(elements("line").filter(line -> line.getAttribute("class").equals("parts")))
        .hasSize(2);
    assertThat(texts()).contains("H 400", "J 400");
  }

  @Test
  void namesMachineAndScale() {
    assertThat(texts())
        .contains("a <fast> machine, 2026-11-21")
        .anyMatch(text -> text.contains("linear from zero"));
  }

  @Test
  void tellsTheSameInWords() {
    assertThat(chart.getDocumentElement().getAttribute("aria-labelledby"))
        .isEqualTo("title description");
    assertThat(elements("title").map(Element::getTextContent))
        .containsExactly("A session of 164 bytes to signed or encrypted text and back");
    assertThat(elements("desc").map(Element::getTextContent))
        .containsExactly(
            "encode, CPU nanoseconds: madeleine 500, jjwt 1,000."
                + " decode, CPU nanoseconds: <jwt> & more 4,000.");
  }

  @Test
  void staysInsideItsFrame() {
    assertThat(elements("text").map(text -> Double.parseDouble(text.getAttribute("x"))))
        .allMatch(x -> x >= 0 && x < 800);
    assertThat(elements("text").map(text -> Double.parseDouble(text.getAttribute("y"))))
        .allMatch(y -> y < Double.parseDouble(chart.getDocumentElement().getAttribute("height")));
  }

  @Test
  void isNotDrawnWithoutContenders() {
    assertThat(Chart.of(Results.of(List.of(row("filter", "read", "madeleine", 1))), "")).isEmpty();
  }

  private Stream<Element> elements(String name) {
    NodeList found = chart.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
    return IntStream.range(0, found.getLength()).mapToObj(found::item).map(Element.class::cast);
  }

  private List<String> texts() {
    return elements("text").map(Element::getTextContent).toList();
  }

  private static ResultRow row(String group, String operation, String name, double cpuNs) {
    return Rows.row(group, operation, name, 164, cpuNs, 0);
  }
}
