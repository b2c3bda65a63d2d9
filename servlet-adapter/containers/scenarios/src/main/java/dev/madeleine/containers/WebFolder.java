package dev.madeleine.containers;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebInitParam;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.EventListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder with WEB-INF/web.xml, WEB-INF/classes and WEB-INF/lib, for containers that do not read
 * one here: registers what web.xml and annotations declare through the Servlet API.
 *
 * <p>Error pages and welcome files cannot be registered so; the container asks for them.
 */
public final class WebFolder implements ServletContainerInitializer {
  /**
   * Where an error is dispatched to.
   *
   * @param status the status code that it is for, or null
   * @param exception the class of the exception that it is for, or null
   * @param location the path below the context
   */
  public record ErrorPage(@Nullable Integer status, @Nullable String exception, String location) {}

  private final WebXml webXml;
  private final URLClassLoader classLoader;
  private final List<Path> roots = new ArrayList<>();

  /** Reads a folder; its classes see those of the class path. */
  @SuppressWarnings("BanClassLoader") // The folder's classes are what this is there to run.
  public WebFolder(Path folder) throws IOException {
    webXml = WebXml.of(folder);
    Path classes = folder.resolve("WEB-INF/classes");
    if (Files.isDirectory(classes)) {
      roots.add(classes);
    }
    Path lib = folder.resolve("WEB-INF/lib");
    if (Files.isDirectory(lib)) {
      try (Stream<Path> jars = Files.list(lib)) {
        jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().forEach(roots::add);
      }
    }
    URL[] urls = new URL[roots.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = roots.get(i).toUri().toURL();
    }
    classLoader = new URLClassLoader(urls, WebFolder.class.getClassLoader());
  }

  /** The loader of the folder's classes. */
  public ClassLoader classLoader() {
    return classLoader;
  }

  /** The error pages of web.xml. */
  public List<ErrorPage> errorPages() {
    return webXml.errorPages();
  }

  /** The welcome files of web.xml, or those that are usual. */
  public List<String> welcomeFiles() {
    List<String> files = webXml.welcomeFiles();
    return files.isEmpty() ? List.of("index.html", "index.htm") : files;
  }

  @Override
  public void onStartup(@Nullable Set<Class<?>> types, ServletContext context)
      throws ServletException {
    webXml.contextParameters().forEach(context::setInitParameter);
    webXml.listeners().forEach(context::addListener);
    for (WebXml.Component filter : webXml.filters()) {
      FilterRegistration.Dynamic added = context.addFilter(filter.name(), filter.type());
      added.setInitParameters(filter.parameters());
      added.setAsyncSupported(filter.async());
    }
    for (WebXml.Mapping mapping : webXml.filterMappings()) {
      map(context, mapping);
    }
    for (WebXml.Component servlet : webXml.servlets()) {
      ServletRegistration.Dynamic added = context.addServlet(servlet.name(), servlet.type());
      added.setInitParameters(servlet.parameters());
      added.setAsyncSupported(servlet.async());
      added.setLoadOnStartup(servlet.loadOnStartup());
    }
    for (WebXml.Mapping mapping : webXml.servletMappings()) {
      ServletRegistration servlet = context.getServletRegistration(mapping.name());
      servlet.addMapping(mapping.patterns().toArray(new String[0]));
    }
    if (!webXml.isComplete()) {
      for (Class<?> type : classes()) {
        registerAnnotated(context, type);
      }
    }
  }

  private static void map(ServletContext context, WebXml.Mapping mapping) {
    FilterRegistration filter = context.getFilterRegistration(mapping.name());
    EnumSet<DispatcherType> dispatchers = EnumSet.noneOf(DispatcherType.class);
    mapping.dispatchers().forEach(name -> dispatchers.add(DispatcherType.valueOf(name)));
    if (!mapping.patterns().isEmpty()) {
      filter.addMappingForUrlPatterns(dispatchers, true, mapping.patterns().toArray(new String[0]));
    }
    if (!mapping.servlets().isEmpty()) {
      filter.addMappingForServletNames(
          dispatchers, true, mapping.servlets().toArray(new String[0]));
    }
  }

  private static void registerAnnotated(ServletContext context, Class<?> type) {
    WebServlet servlet = type.getAnnotation(WebServlet.class);
    if (servlet != null) {
      String name = servlet.name().isEmpty() ? type.getName() : servlet.name();
      var added = context.addServlet(name, type.asSubclass(Servlet.class));
      if (added != null) { // Otherwise web.xml has it.
        added.setInitParameters(parameters(servlet.initParams()));
        added.setAsyncSupported(servlet.asyncSupported());
        added.setLoadOnStartup(servlet.loadOnStartup());
        added.addMapping(either(servlet.value(), servlet.urlPatterns()));
        MultipartConfig multipart = type.getAnnotation(MultipartConfig.class);
        if (multipart != null) {
          added.setMultipartConfig(new MultipartConfigElement(multipart));
        }
      }
    }
    WebFilter filter = type.getAnnotation(WebFilter.class);
    if (filter != null) {
      String name = filter.filterName().isEmpty() ? type.getName() : filter.filterName();
      var added = context.addFilter(name, type.asSubclass(Filter.class));
      if (added != null) {
        added.setInitParameters(parameters(filter.initParams()));
        added.setAsyncSupported(filter.asyncSupported());
        List<String> dispatchers = Stream.of(filter.dispatcherTypes()).map(Enum::name).toList();
        List<String> patterns = List.of(either(filter.value(), filter.urlPatterns()));
        map(
            context,
            new WebXml.Mapping(name, patterns, List.of(filter.servletNames()), dispatchers));
      }
    }
    if (type.isAnnotationPresent(WebListener.class)) {
      context.addListener(type.asSubclass(EventListener.class));
    }
  }

  private static String[] either(String[] value, String[] patterns) {
    return value.length > 0 ? value : patterns;
  }

  private static Map<String, String> parameters(WebInitParam[] list) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (WebInitParam parameter : list) {
      parameters.put(parameter.name(), parameter.value());
    }
    return parameters;
  }

  /** The folder's classes as far as they can be loaded. */
  private List<Class<?>> classes() throws ServletException {
    List<Class<?>> classes = new ArrayList<>();
    try {
      for (Path root : roots) {
        if (Files.isDirectory(root)) {
          addClasses(root, classes);
        } else {
          try (FileSystem jar = FileSystems.newFileSystem(root)) {
            addClasses(jar.getPath("/"), classes);
          }
        }
      }
    } catch (IOException e) {
      throw new ServletException("cannot read the classes in " + roots, e);
    }
    return classes;
  }

  private void addClasses(Path root, List<Class<?>> classes) throws IOException {
    List<String> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.map(file -> root.relativize(file).toString()).sorted().toList();
    }
    for (String file : files) {
      boolean searched = file.endsWith(".class") && !file.contains("-");
      if (searched) {
        String name = file.substring(0, file.length() - ".class".length());
        try {
          classes.add(Class.forName(name.replaceAll("[/\\\\]", "."), false, classLoader));
        } catch (ClassNotFoundException | LinkageError e) {
          // Needs a library that is not here, so no container would run it either.
        }
      }
    }
  }
}
