package dev.madeleine.benchmarks;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A picture in the making (SVG 1.1): shapes are drawn in the order in which they are asked for. */
final class Svg {
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  /**
   * A picture without shapes.
   *
   * @param title what it shows, where screen readers begin
   * @param description all that can be seen, in words
   * @param style the rules for the classes of shapes
   */
  Svg(int width, int height, String title, String description, String style) {
    try {
      xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartElement("svg");
      xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
      xml.writeAttribute("viewBox", "0 0 %d %d".formatted(width, height));
      xml.writeAttribute("width", number(width));
      xml.writeAttribute("height", number(height));
      xml.writeAttribute("role", "img");
      xml.writeAttribute("aria-labelledby", "title description");
    } catch (XMLStreamException e) {
      throw new AssertionError(e); // A string takes everything.
    }
    element("title", title, "id", "title");
    element("desc", description, "id", "description");
    element("style", "\n" + style);
  }

  /** A text that begins at x, or as its classes say, with its feet at y. */
  void text(double x, double y, String classes, String content) {
    element("text", content, "x", number(x), "y", number(y), "class", classes);
  }

  void rectangle(double x, double y, double width, double height, String classes) {
    element(
        "rect",
        "",
        "x",
        number(x),
        "y",
        number(y),
        "width",
        number(width),
        "height",
        number(height),
        "class",
        classes);
  }

  /** An upright line. */
  void line(double x, double top, double bottom, String classes) {
    element(
        "line",
        "",
        "x1",
        number(x),
        "y1",
        number(top),
        "x2",
        number(x),
        "y2",
        number(bottom),
        "class",
        classes);
  }

  /** The finished picture; nothing can be drawn after it. */
  String end() {
    try {
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.close();
      return text + "\n";
    } catch (XMLStreamException e) {
      throw new AssertionError(e); // A string takes everything.
    }
  }

  private void element(String name, String content, String... attributes) {
    try {
      xml.writeCharacters("\n");
      xml.writeStartElement(name);
      for (int i = 0; i < attributes.length; i += 2) {
        xml.writeAttribute(attributes[i], attributes[i + 1]);
      }
      xml.writeCharacters(content);
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw new AssertionError(e); // A string takes everything.
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
  }
}
