package dev.stele.domain.tck;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.Image;
import dev.stele.contracts.MessageContent.Resource;
import dev.stele.contracts.MessageContent.ResourceLink;
import dev.stele.contracts.MessageContent.Text;
import dev.stele.contracts.MessageContent.ThinkingBlock;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.contracts.ToolCallStatus;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolLocation;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.ToolOutput;
import java.util.List;

/** Message contents of every kind. */
final class SampleContents {

    static final ToolCall BASH =
            new ToolCall(
                    "tc_123",
                    "bash",
                    "{\"command\": \"mvn -q verify\",  \"timeout\":600}",
                    "Run the tests",
                    ToolKind.EXECUTE,
                    ToolCallStatus.IN_PROGRESS,
                    List.of(new ToolLocation("pom.xml", null), new ToolLocation("src/A.java", 17)),
                    List.of(
                            new ToolOutput.TextOutput("[INFO] BUILD SUCCESS\n"),
                            new ToolOutput.Diff("src/A.java", "int a;\n", "long a;\n"),
                            new ToolOutput.Diff("src/New.java", null, "class New {}\n"),
                            new ToolOutput.TerminalOutput("term-1"),
                            new ToolOutput.RawOutput("{\"type\":\"chart\"}")),
                    "tc_parent");

    static final ToolCall BARE_CALL = ToolCall.of("call-with: any id/at all", null, null);

    static final ToolResult BASH_RESULT =
            new ToolResult(
                    "tc_123",
                    "BUILD SUCCESS",
                    ToolOutcome.SUCCEEDED,
                    List.of(new ToolOutput.TextOutput("BUILD SUCCESS")),
                    0,
                    "completed",
                    false);

    static final ToolResult STRAY_RESULT =
            ToolResult.of("tc_unknown", null, ToolOutcome.FAILED).withUnmatched(true);

    static final Image SCREENSHOT = new Image("image/png", "iVBORw0KGgo=", "file:///tmp/shot.png");

    private SampleContents() {}

    static List<MessageContent> all() {
        return List.of(
                new Text("Make the build green."),
                new Text(Samples.ODD_TEXT),
                new Text(""),
                new ThinkingBlock("The test fails since the clock is wrong."),
                BASH,
                BARE_CALL,
                BASH_RESULT,
                STRAY_RESULT,
                SCREENSHOT,
                new Image("image/jpeg", "/9j/4AAQ", null),
                new Resource("file:///work/README.md", "text/markdown", "# Read me\n", null),
                new Resource("file:///work/logo.bin", null, null, "AAECAw=="),
                new ResourceLink("file:///work/pom.xml", "pom.xml", "text/xml"),
                new ResourceLink("https://example.org/spec", "the specification", null));
    }
}
