package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// What `--help` says can be typed.
class HelpTest {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private static CommandLine program() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return Main.commandLine(nowhere, nowhere);
  }

  static Stream<Named<CommandLine>> commands() {
    CommandLine program = program();
    return Stream.concat(Stream.of(program), program.getSubcommands().values().stream())
        .filter(command -> !command.getCommandName().equals("help"))
        .map(command -> Named.of(command.getCommandName(), command));
  }

  /// Its command lines, each without the file that its output goes to and without the remark that
  /// stands apart from it.
  private static List<String> examples(CommandLine command) {
    String footer = String.join("\n", command.getCommandSpec().usageMessage().footer());
    return footer
        .replaceAll("\\\\\n +", "")
        .lines()
        .filter(line -> line.matches(" +topolip .*"))
        .flatMap(line -> Stream.of(line.strip().replaceFirst(" {3,}.*", "").split(" && ")))
        .map(line -> line.replaceFirst(" > \\S+$", ""))
        .toList();
  }

  private static String[] words(String line) {
    return WORD.matcher(line).results().map(HelpTest::unquoted).toArray(String[]::new);
  }

  private static String unquoted(MatchResult word) {
    return word.group(1) == null ? word.group() : word.group(1);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void examplesParse(CommandLine command) {
    List<String> examples = examples(command);
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      String[] words = words(example);
      assertThat(words[0]).isEqualTo("topolip");
      assertThatCode(() ->
              program().parseArgs(List.of(words).subList(1, words.length).toArray(String[]::new)))
          .as(example)
          .doesNotThrowAnyException();
    }
  }
}
