package dev.madeleine.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The methods that a request entered.
 *
 * @param entries in the order of entry
 */
record RequestTrace(List<Entry> entries) {
  /**
   * The entry of a method.
   *
   * @param file the path of its source file, from the root of the packages
   * @param type the name of its class, nested classes behind a dot
   * @param method its name; overloads share it
   */
  record Entry(String file, String type, String method) {}

  RequestTrace {
    entries = List.copyOf(entries);
  }

  /** The number of different methods, by class and name. */
  long methods() {
    return entries.stream().distinct().count();
  }

  /** The number of source files. */
  long files() {
    return entries.stream().map(Entry::file).distinct().count();
  }

  /** The number of entries in another file than the entry before. */
  long changesOfFile() {
    long changes = 0;
    for (int i = 1; i < entries.size(); i++) {
      if (!entries.get(i).file().equals(entries.get(i - 1).file())) {
        changes++;
      }
    }
    return changes;
  }

  /** The four figures, and the classes in the order of their first entry. */
  String report() {
    StringBuilder text = new StringBuilder();
    text.append("%7d entries%n".formatted(entries.size()));
    text.append("%7d methods%n".formatted(methods()));
    text.append("%7d source files%n".formatted(files()));
    text.append("%7d changes of file%n".formatted(changesOfFile()));
    text.append("%nentries methods  class, in the order of first entry%n".formatted());
    Map<String, List<Entry>> byType =
        entries.stream()
            .collect(Collectors.groupingBy(Entry::type, LinkedHashMap::new, Collectors.toList()));
    byType.forEach(
        (type, its) ->
            text.append(
                "%7d %7d  %s%n".formatted(its.size(), new RequestTrace(its).methods(), type)));
    return text.toString();
  }
}
