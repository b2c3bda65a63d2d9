package dev.madeleine.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * What a web.xml says of servlets, filters, listeners, parameters, error pages and welcome files.
 * Security, resources, JSP and the container's own session are not read.
 */
final class WebXml {
  /** A servlet or a filter: its name, its class, its init-params. */
  record Component(
      String name, String type, Map<String, String> parameters, boolean async, int loadOnStartup) {}

  /** Where a servlet or filter is put: its name, URL patterns, servlet names, dispatcher types. */
  record Mapping(
      String name, List<String> patterns, List<String> servlets, List<String> dispatchers) {}

  private final @Nullable Element root;

  private WebXml(@Nullable Element root) {
    this.root = root;
  }

  /** Reads WEB-INF/web.xml of a folder; without one nothing is declared. */
  static WebXml of(Path folder) throws IOException {
    Path file = folder.resolve("WEB-INF/web.xml");
    if (!Files.exists(file)) {
      return new WebXml(null);
    }
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    try {
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      return new WebXml(factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Whether classes are not to be searched for annotations. */
  boolean isComplete() {
    return root != null && root.getAttribute("metadata-complete").equals("true");
  }

  Map<String, String> contextParameters() {
    return parameters(all(root, "context-param"));
  }

  List<String> listeners() {
    return all(root, "listener").stream().map(e -> text(e, "listener-class")).toList();
  }

  List<Component> servlets() {
    return components("servlet");
  }

  List<Component> filters() {
    return components("filter");
  }

  private List<Component> components(String kind) {
    List<Component> components = new ArrayList<>();
    for (Element e : all(root, kind)) {
      components.add(
          new Component(
              text(e, kind + "-name"),
              text(e, kind + "-class"),
              parameters(all(e, "init-param")),
              texts(e, "async-supported").contains("true"),
              texts(e, "load-on-startup").stream()
                  .mapToInt(Integer::parseInt)
                  .findAny()
                  .orElse(-1)));
    }
    return components;
  }

  List<Mapping> servletMappings() {
    return mappings("servlet");
  }

  List<Mapping> filterMappings() {
    return mappings("filter");
  }

  private List<Mapping> mappings(String kind) {
    List<Mapping> mappings = new ArrayList<>();
    for (Element e : all(root, kind + "-mapping")) {
      List<String> servlets = kind.equals("filter") ? texts(e, "servlet-name") : List.of();
      mappings.add(
          new Mapping(
              text(e, kind + "-name"), texts(e, "url-pattern"), servlets, texts(e, "dispatcher")));
    }
    return mappings;
  }

  List<WebFolder.ErrorPage> errorPages() {
    List<WebFolder.ErrorPage> pages = new ArrayList<>();
    for (Element e : all(root, "error-page")) {
      Integer status = texts(e, "error-code").stream().map(Integer::valueOf).findAny().orElse(null);
      String exception = texts(e, "exception-type").stream().findAny().orElse(null);
      pages.add(new WebFolder.ErrorPage(status, exception, text(e, "location")));
    }
    return pages;
  }

  List<String> welcomeFiles() {
    return all(root, "welcome-file-list").stream()
        .flatMap(e -> texts(e, "welcome-file").stream())
        .toList();
  }

  private static Map<String, String> parameters(List<Element> elements) {
    Map<String, String> parameters = new LinkedHashMap<>();
    elements.forEach(e -> parameters.put(text(e, "param-name"), text(e, "param-value")));
    return parameters;
  }

  private static String text(Element parent, String name) {
    return texts(parent, name).stream()
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(parent.getNodeName() + " lacks its " + name));
  }

  private static List<String> texts(Element parent, String name) {
    return all(parent, name).stream().map(e -> e.getTextContent().strip()).toList();
  }

  /** The children of this name, whatever the prefix of its namespace. */
  private static List<Element> all(@Nullable Element parent, String name) {
    List<Element> children = new ArrayList<>();
    if (parent == null) {
      return children;
    }
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      String full = Objects.toString(node.getNodeName(), "");
      if (node instanceof Element e && full.substring(full.indexOf(':') + 1).equals(name)) {
        children.add(e);
      }
    }
    return children;
  }
}
