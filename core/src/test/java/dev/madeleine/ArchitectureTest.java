package dev.madeleine;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URI;
import java.net.URL;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the house that can be read from the compiled classes. */
final class ArchitectureTest {
  private static final URL MAIN =
      MasterKey.class.getProtectionDomain().getCodeSource().getLocation();
  private static final JavaClasses CORE = new ClassFileImporter().importUrl(MAIN);

  private static DescribedPredicate<JavaMethodCall> call(String what, Pattern owner, Pattern name) {
    return describe(
        what,
        call ->
            owner.matcher(call.getTargetOwner().getName()).matches()
                && name.matcher(call.getName()).matches());
  }

  private static Set<String> callersOf(Class<?> owner, String... names) {
    Set<String> callers = new TreeSet<>();
    for (JavaClass type : CORE) {
      List<JavaCall<?>> calls = new ArrayList<>(type.getMethodCallsFromSelf());
      calls.addAll(type.getConstructorCallsFromSelf());
      for (JavaCall<?> call : calls) {
        if (call.getTargetOwner().isEquivalentTo(owner)
            && List.of(names).contains(call.getName())) {
          callers.add(call.getOriginOwner().getSimpleName() + "." + call.getOrigin().getName());
        }
      }
    }
    return callers;
  }

  @Test
  void theseAreTheMainClasses() {
    assertThat(CORE.contain(NativeEncoder.class)).isTrue();
    assertThat(CORE.contain(ArchitectureTest.class)).isFalse();
  }

  @Test
  void coreIsOnePackageAndTheRoomOfJsonAndTheLeavesItShares() {
    classes()
        .should()
        .resideInAnyPackage(
            "dev.madeleine",
            "dev.madeleine.json",
            "dev.madeleine.json.format",
            "dev.madeleine.internal")
        .check(CORE);
  }

  @Test
  void theRoomOfJsonHasOneDoor() {
    classes()
        .that()
        .resideInAPackage("dev.madeleine.json")
        .and()
        .arePublic()
        .should()
        .haveSimpleName("JsonSerializer")
        .check(CORE);
  }

  @Test
  void onlyTheRoomOfJsonKnowsJackson() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.madeleine.json..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(CORE);
    classes()
        .that()
        .resideInAPackage("dev.madeleine.json.format")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "com.fasterxml.jackson.core",
            "dev.madeleine.internal",
            "dev.madeleine.json.format")
        .orShould()
        .haveSimpleName("JacksonMapping") // Which holds the mapper of an application.
        .check(CORE);
  }

  @Test
  void whatUsersSeeIsMadeOfTheJdkAndOfWhatTheySee() {
    Pattern seen = Pattern.compile("java\\.[\\w.$]+|dev\\.madeleine\\.(json\\.)?[A-Z][\\w$.]*");
    Set<String> strangers = new TreeSet<>();
    for (JavaClass type : CORE) {
      if (isShown(type.reflect())) {
        for (String signature : signatures(type.reflect())) {
          Matcher names = Pattern.compile("\\b[a-z]\\w*(\\.[\\w$]+)+").matcher(signature);
          while (names.find()) {
            if (!seen.matcher(names.group()).matches()) {
              strangers.add(type.getSimpleName() + ": " + names.group());
            }
          }
        }
      }
    }
    assertThat(strangers)
        .as("the encoders module alone can make a JacksonFormat")
        .containsExactly("JsonSerializer: dev.madeleine.json.format.JacksonFormat");
  }

  /** Whether everybody can name this type. */
  private static boolean isShown(Class<?> type) {
    return Set.of("dev.madeleine", "dev.madeleine.json").contains(type.getPackageName())
        && isShown(type.getModifiers())
        && (type.getEnclosingClass() == null || isShown(type.getEnclosingClass()));
  }

  private static boolean isShown(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** What a type shows: itself, what it extends, and its public and protected members. */
  private static List<String> signatures(Class<?> type) {
    List<String> signatures = new ArrayList<>(List.of(type.toGenericString()));
    for (TypeVariable<?> variable : type.getTypeParameters()) {
      Arrays.stream(variable.getBounds()).map(Type::getTypeName).forEach(signatures::add);
    }
    signatures.add(String.valueOf(type.getGenericSuperclass()));
    Arrays.stream(type.getGenericInterfaces()).map(Type::getTypeName).forEach(signatures::add);
    Arrays.stream(type.getDeclaredFields())
        .filter(field -> isShown(field.getModifiers()))
        .map(Field::toGenericString)
        .forEach(signatures::add);
    Stream.concat(
            Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()))
        .filter(member -> isShown(member.getModifiers()))
        .map(Executable::toGenericString)
        .forEach(signatures::add);
    return signatures;
  }

  @Test
  void theLeavesDependOnTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage("dev.madeleine.internal")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "dev.madeleine.internal")
        .check(CORE);
  }

  @Test
  void coreNeedsTheJdkAndJacksonOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.crypto..",
            "jdk.jfr",
            "com.fasterxml.jackson..",
            "org.jspecify..",
            "dev.madeleine..")
        .check(CORE);
  }

  @Test
  void theModuleSaysTheSame() throws IOException {
    URL file =
        URI.create(MAIN + (MAIN.getPath().endsWith("/") ? "" : "!/") + "module-info.class").toURL();
    try (InputStream in = file.openStream()) {
      ModuleDescriptor module = ModuleDescriptor.read(in);
      assertThat(module.name()).isEqualTo("dev.madeleine");
      assertThat(
              module.exports().stream()
                  .collect(
                      Collectors.toMap(
                          ModuleDescriptor.Exports::source, ModuleDescriptor.Exports::targets)))
          .as("no targets are everybody")
          .isEqualTo(
              Map.of(
                  "dev.madeleine", Set.of(),
                  "dev.madeleine.json", Set.of(),
                  "dev.madeleine.json.format", Set.of("dev.madeleine.encoders"),
                  "dev.madeleine.internal",
                      Set.of("dev.madeleine.encoders", "dev.madeleine.keys")));
      assertThat(module.opens()).isEmpty();
      assertThat(module.uses()).isEmpty();
      assertThat(module.provides()).isEmpty();
      assertThat(module.requires())
          .extracting(ModuleDescriptor.Requires::name)
          .containsExactlyInAnyOrder(
              "java.base", "com.fasterxml.jackson.databind", "java.sql", "jdk.jfr", "org.jspecify");
      assertThat(module.requires())
          .noneMatch(
              requires ->
                  requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.TRANSITIVE));
      assertThat(module.requires())
          .filteredOn(requires -> requires.name().matches("org.jspecify|jdk.jfr|java.sql"))
          .allMatch(
              requires -> requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".*Impl",
        ".*Utils?",
        ".*Helper",
        ".*Manager",
        "Abstract.*",
        "Base[A-Z].*",
        "Default.*",
        "I[A-Z][a-z].*"
      })
  void noClassHasANameThatSaysNothing(String name) {
    List<String> found = new ArrayList<>();
    for (JavaClass type : CORE) {
      if (type.getSimpleName().matches(name)) {
        found.add(type.getName());
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void thereIsOneClockAndItIsInjected() {
    noClasses()
        .should()
        .callMethodWhere(
            call(
                "reads the time",
                Pattern.compile("java\\.time\\..*"),
                Pattern.compile("now|system\\w+")))
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CORE);
    noClasses()
        .that()
        .haveSimpleNameNotContaining("Mark")
        .and()
        .doNotHaveSimpleName("ReplicatedRevocation")
        .should()
        .callMethod(System.class, "nanoTime")
        .because("only what waits for an engine counts down")
        .check(CORE);
    assertThat(callersOf(java.time.InstantSource.class, "system"))
        .containsExactly("Settings.<init>");
    List<String> dates = new ArrayList<>();
    for (JavaClass type : CORE) {
      type.getConstructorCallsFromSelf().stream()
          .filter(call -> call.getTargetOwner().isEquivalentTo(java.util.Date.class))
          .filter(call -> call.getTarget().getRawParameterTypes().isEmpty())
          .forEach(call -> dates.add(call.getDescription()));
    }
    assertThat(dates).as("new Date() is the time, too").isEmpty();
  }

  @Test
  void keepsNothingPerThreadAndTakesNoLockObject() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocal.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent.locks")
        .check(CORE);
  }

  @Test
  void thereIsOneSourceOfRandomnessAndItIsInjected() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.Random|java\\.util\\.SplittableRandom|.*ThreadLocalRandom|java\\.util\\.random\\..*")
        .check(CORE);
    noClasses().should().callMethod(Math.class, "random").check(CORE);
    noClasses().should().callMethod(java.util.UUID.class, "randomUUID").check(CORE);
    assertThat(callersOf(SecureRandom.class, "<init>", "getInstance", "getInstanceStrong"))
        .as("defaults, where another can be given")
        .containsExactly(
            "MarkTable.<clinit>",
            "NativeEncoder.encrypted",
            "ReplicatedRevocationBuilder.<init>",
            "SessionsBuilder.<init>");
  }

  @Test
  void ciphersAreTheJdksAndHiddenInTwoClasses() {
    noClasses()
        .that()
        .doNotHaveSimpleName("NonceKeys")
        .and()
        .doNotHaveSimpleName("DerivedGcm")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javax.crypto..")
        .check(CORE);
    noClasses()
        .should()
        .callMethod(Cipher.class, "getInstance", String.class, String.class)
        .orShould()
        .callMethod(Cipher.class, "getInstance", String.class, Provider.class)
        .check(CORE);
  }

  @Test
  void nothingIsPrinted() {
    noClasses().should().accessField(System.class, "out").check(CORE);
    noClasses().should().accessField(System.class, "err").check(CORE);
    noClasses().should().callMethod(Throwable.class, "printStackTrace").check(CORE);
  }

  @Test
  void nothingIsReadByJavaSerialization() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ObjectOutputStream.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.beans..", "javax.script..", "java.rmi..")
        .check(CORE);
  }

  @Test
  void noTextNamesAClass() {
    noClasses().should().callMethod(Class.class, "forName", String.class).check(CORE);
    noClasses()
        .should()
        .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
        .check(CORE);
    noClasses().should().callMethod(ClassLoader.class, "loadClass", String.class).check(CORE);
    Pattern jackson = Pattern.compile("com\\.fasterxml\\.jackson\\..*");
    Pattern typing =
        Pattern.compile(
            "(activate|enable)DefaultTyping.*|setDefaultTyping|findAndRegisterModules|findAndAddModules");
    noClasses().should().callMethodWhere(call("turns typing on", jackson, typing)).check(CORE);
    Pattern validator = Pattern.compile("setPolymorphicTypeValidator");
    noClasses()
        .that()
        .doNotHaveSimpleName("DeclaredMapper") // Which sets the one that lets nothing pass.
        .should()
        .callMethodWhere(call("lets texts name classes", jackson, validator))
        .check(CORE);
  }

  @Test
  void jacksonParsesByteArraysOnly() {
    List<String> parsers = new ArrayList<>();
    for (JavaClass type : CORE) {
      for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
        if (call.getName().matches("create\\w*Parser|readTree|readValue|readValues")) {
          parsers.add(
              call.getName()
                  + call.getTarget().getRawParameterTypes().stream()
                      .map(JavaClass::getSimpleName)
                      .collect(Collectors.toList()));
        }
      }
    }
    assertThat(Set.copyOf(parsers))
        .as("those of an application, and one of plain values that were read before")
        .containsExactlyInAnyOrder("createParser[byte[], int, int]", "readValue[JsonParser]");
  }

  @Test
  void secretsAreComparedInConstantTimeInTwoPlaces() {
    assertThat(callersOf(MessageDigest.class, "isEqual"))
        .containsExactly("Key.unseal", "MasterKey.equals");
    assertThat(callersOf(Arrays.class, "equals", "mismatch", "compare", "deepEquals"))
        .as("bytes that are no secrets")
        .containsExactly(
            "Choice.isSame", "DerivedGcm.isOf", "EncodedAttribute.equals", "NameSet.isSame");
  }

  @Test
  void compressionHasOnePlaceThatGivesItsMemoryBack() {
    for (String call : List.of("<init>", "end")) {
      assertThat(callersOf(java.util.zip.Inflater.class, call)).containsExactly("Deflate.inflate");
      assertThat(callersOf(java.util.zip.Deflater.class, call)).containsExactly("Deflate.deflate");
    }
    assertThat(callersOf(Deflate.class, "inflate")).containsExactly("Payload.read");
  }

  @Test
  void nothingStaticChangesAndNoThreadKeepsAnything() {
    fields().that().areStatic().should().beFinal().check(CORE);
    noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class).check(CORE);
  }

  @Test
  void exceptionsAreFew() {
    ArchRule few =
        classes()
            .that()
            .areAssignableTo(Throwable.class)
            .should()
            .haveSimpleName("SessionTooLargeException")
            .orShould()
            .haveSimpleName("RevocationNotSharedException");
    few.check(CORE);
  }

  @Test
  void workersAreHidden() {
    classes()
        .that()
        .haveNameMatching(
            ".*\\.(DerivedKeys|Payload|Deflate|HmacSha256|XaesGcm|NonceKeys|DerivedGcm|Header|Format|(Json|Binary)Format|(Json|Jackson)Output|JacksonInput|Json(Limits|Buffers)|Attribute(Reader|Writer)|ReadAttributes|TypeTag|TypeTagModule|JavaTypesModule|OptionalTypes|SqlTimes|ConstructorNames|PlainGenerator|MappingProblem|DeclaredMapper|DeclaredTypes|AttributeMap|Place|CookiePlace|OneCookie|CookieChunks|SignaturePair|HeaderField|HeaderLines|Finding|Received|Written|Transports)")
        .should()
        .bePackagePrivate()
        .check(CORE);
  }

  @Test
  void aPlaceStaysOfItsKindInAnotherCookie() throws NoSuchMethodException {
    List<Class<?>> kinds = new ArrayList<>();
    for (JavaClass type : CORE) {
      Class<?> kind = type.reflect();
      if (Place.class.isAssignableFrom(kind) && kind != Place.class && kind != CookiePlace.class) {
        kinds.add(kind);
        assertThat(kind.getMethod("withCookie", CookieOptions.class).getReturnType())
            .as("what withCookie of %s returns", kind.getSimpleName())
            .isEqualTo(kind);
      }
    }
    assertThat(kinds).contains(OneCookie.class, HeaderField.class);
  }
}
