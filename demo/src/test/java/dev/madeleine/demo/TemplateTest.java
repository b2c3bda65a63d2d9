package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
  @Test
  void escapesEverything() {
    assertThat(Template.of("<p title='{{t}}'>").render(Map.of("t", "<a href=\"x\">'&amp;'")))
        .isEqualTo("<p title='&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;&#39;'>");
  }

  @Test
  void whatAValueLooksLikeIsNotReadAsTemplate() {
    assertThat(Template.of("{{a}}").render(Map.of("a", "{{b}}", "b", "no"))).isEqualTo("{{b}}");
  }

  @Test
  void aSectionComesOncePerElement() {
    Template template = Template.of("{{#tea}}[{{kind}} {{cup}}]{{/tea}}");

    assertThat(
            template.render(
                Map.of(
                    "cup", 1, "tea", List.of(Map.of("kind", "a"), Map.of("kind", "b", "cup", 2)))))
        .isEqualTo("[a 1][b 2]");
  }

  @Test
  void aSectionComesOnceForAValueAndNeverForNone() {
    Template template = Template.of("{{#user}}hello {{user}}{{/user}}{{^user}}who?{{/user}}");

    assertThat(template.render(Map.of("user", "swann"))).isEqualTo("hello swann");
    assertThat(template.render(Map.of())).isEqualTo("who?");
    assertThat(template.render(Map.of("user", false))).isEqualTo("who?");
    assertThat(template.render(Map.of("user", List.of()))).isEqualTo("who?");
  }

  @Test
  void aHoleThatNothingFillsIsAMistake() {
    assertThatThrownBy(() -> Template.of("{{tee}}").render(Map.of("tea", 1)))
        .hasMessageContaining("{{tee}}");
  }

  @Test
  void sectionsThatAreNotNestedAreAMistake() {
    assertThatThrownBy(() -> Template.of("{{#a}}{{#b}}{{/a}}{{/b}}")).hasMessageContaining("b");
    assertThatThrownBy(() -> Template.of("{{#a}}")).hasMessageContaining("never closed");
    assertThatThrownBy(() -> Template.of("{{/a}}")).hasMessageContaining("closes");
  }
}
