package dev.stele.provider.dialogue;

import java.util.ArrayList;
import java.util.List;

/**
 * What the recorded dialogues mean, as tables: one line a turn. Columns: scenario; how many pieces
 * of words, the words cut at 58 characters, in how many messages; the tool calls with their outcome
 * ("not told": the agent sends no end of it); the answers given; the end of the turn.
 */
final class WireTables {

    private WireTables() {}

    /**
     * A line of a table.
     *
     * @param file the recording
     * @param turn the number of the turn in it, from 1
     * @param expected the rest of the line
     */
    record Row(String file, int turn, String expected) {}

    private static final String EXAMPLE =
            """
            approved | 3 "I'll help you with that. Let me start by reading some fil…" | read → succeeded, edit → succeeded | allow_once | end_turn
            cancel-permission | 2 "I'll help you with that. Let me start by reading some fil…" | read → succeeded, edit → cancelled (not told) | cancelled | cancelled, told end_turn
            cancel | 1 "I'll help you with that. Let me start by reading some fil…" | read → cancelled (not told) | none | cancelled
            rejected | 3 "I'll help you with that. Let me start by reading some fil…" | read → succeeded, edit → rejected (not told) | reject_once | end_turn
            """;

    private static final String GEMINI =
            """
            cancel-permission | 1 "I will write the file." | edit → cancelled (not told) | cancelled | cancelled
            cancel-running-tool turn 1 | 1 "Running a long command." | execute → cancelled (told completed) | allow_once | cancelled
            cancel-running-tool turn 2 | 3 "Hello from the scripted model." | none | none | end_turn
            cancel-stream | 3 "word0 word1 word2 " | none | none | cancelled
            cancel-then-text turn 1 | 33 "word0 word1 word2 word3 word4 word5 word6 word7 word8 wor…" | none | none | cancelled
            cancel-then-text turn 2 | 3 "Hello from the scripted model." | none | none | end_turn
            edit-approved-fs | 3 "I will read it first.Now I edit it.Edited README.md." | read → succeeded, edit → succeeded | allow_once | end_turn
            edit-approved | 3 "I will read it first.Now I edit it.Edited README.md." | read → succeeded, edit → succeeded | allow_once | end_turn
            error-400 | nothing | none | none | error turn bad_request, code 400, http 400
            error-401 | nothing | none | none | error turn auth, code 401, http 401
            error-429 | nothing | none | none | error turn rate_limit, code 429, http 429
            error-500 | nothing | none | none | error turn server, code 500, http 500
            error-midstream | 4 "Partial answerPartial answerPartial answerPartial answer" | none | none | end_turn
            load-late | 3 "The word is marble." | none | none | end_turn
            max-tokens | 1 "This answer was cut" | none | none | end_turn
            multi-approved | 2 "Two files.Both handled." | edit → succeeded, edit → succeeded | allow_once, allow_once | end_turn
            multi-slow-approval | 2 "Two files.Both handled." | edit → succeeded, edit → succeeded | allow_once, allow_once | end_turn
            plan | 1 "Plan noted." | other → succeeded | allow_once | end_turn
            refusal | 1 "I cannot help with that." | none | none | end_turn
            shell-approved | 2 "I will run a command.Command finished." | execute → succeeded | allow_once | end_turn
            shell-fails | 1 "The command failed, as expected." | execute → succeeded | allow_once | end_turn
            text | 3 "Hello from the scripted model." | none | none | end_turn
            thinking | 3 thoughts, 2 "The answer is 42." | none | none | end_turn
            tool-allow-always | 4 "I will write the file.[MODE_UPDATE] autoEditDone, the fil…" | edit → succeeded | allow_always | end_turn
            tool-approved | 3 "I will write the file.Done, the file was handled." | edit → succeeded | allow_once | end_turn
            tool-rejected | 3 "I will write the file.Done, the file was handled." | edit → rejected (not told) | reject_once | end_turn
            unknown-tool | 1 "That tool does not exist." | none | none | end_turn
            """;

    private static final String OPENCODE =
            """
            cancel-permission | 1 "I will write the file." | edit → cancelled | cancelled | cancelled
            cancel-running-tool | 1 "Running a long command." | execute → cancelled (told completed) | allow_once | cancelled
            cancel-stream | 5 "word0 word1 word2 word3 word4 " | none | none | cancelled
            cancel-then-text turn 1 | nothing | none | none | cancelled
            cancel-then-text turn 2 | 3 "Hello from the scripted model." | none | none | end_turn
            edit-approved-fs | 3 "I will read it first.Now I edit it.Edited README.md." in 3 messages | read → succeeded, edit → succeeded | allow_once | end_turn
            edit-approved | 3 "I will read it first.Now I edit it.Edited README.md." in 3 messages | read → succeeded, edit → succeeded | allow_once | end_turn
            error-400 | nothing | none | none | error process crash
            error-401 | nothing | none | none | error process crash
            error-429 | nothing | none | none | cancelled, told end_turn
            error-500 turn 1 | nothing | none | none | cancelled, told end_turn
            error-500 turn 2 | 3 "Hello from the scripted model." | none | none | end_turn
            error-midstream | 5 "Partial answerPartial answerPartial answerPartial answerP…" | none | none | error process crash
            error-socket-drop | 1 "Partial answer then the socket dies" | none | none | error process timeout
            load-1 | 3 "Hello from the scripted model." | none | none | end_turn
            load-2 | 3 "Hello from the scripted model." | none | none | end_turn
            max-tokens | 1 "This answer was cut" | none | none | end_turn
            plan | 1 "Plan noted." | other → succeeded | none | end_turn
            refusal | 1 "I cannot help with that." | none | none | refusal
            shell-approved | 2 "I will run a command.Command finished." in 2 messages | execute → succeeded | allow_once | end_turn
            text | 3 "Hello from the scripted model." | none | none | end_turn
            thinking | 3 thoughts, 2 "The answer is 42." | none | none | end_turn
            tool-allow-always | 3 "I will write the file.Done, the file was handled." in 2 messages | edit → succeeded | allow_always | end_turn
            tool-approved | 3 "I will write the file.Done, the file was handled." in 2 messages | edit → succeeded | allow_once | end_turn
            tool-rejected | 1 "I will write the file." | edit → rejected | reject_once | end_turn
            unknown-tool | 1 "That tool does not exist." | other → succeeded | none | end_turn
            """;

    private static final String CODEX =
            """
            cancel-permission | 1 "I will write the file." | edit → cancelled (not told) | cancelled | cancelled
            cancel-stream | 4 "word0 word1 word2 word3 " | none | none | cancelled
            cancel-then-text turn 1 | 29 "word0 word1 word2 word3 word4 word5 word6 word7 word8 wor…" | none | none | cancelled
            cancel-then-text turn 2 | 3 "Hello from the scripted model." | none | none | end_turn
            edit-approved-fs | 3 "I will read it first.Now I edit it.Edited README.md." in 3 messages | read exec_command → succeeded, edit → succeeded | allow_once | end_turn
            edit-approved | 3 "I will read it first.Now I edit it.Edited README.md." in 3 messages | read exec_command → succeeded, edit → succeeded | allow_once | end_turn
            error-400 | nothing | none | none | error turn unknown
            error-401 | nothing | none | none | error turn auth, code -32000
            error-429 | nothing | none | none | error turn rate_limit, http 429, 1 retry
            error-500 | nothing | none | none | error turn unknown, 1 retry
            error-midstream | 2 "Partial answerPartial answer" in 2 messages | none | none | error turn unknown, 1 retry
            error-socket-drop | 2 "Partial answer then the socket diesPartial answer then th…" in 2 messages | none | none | error turn unknown, 1 retry
            load-1 | 3 "Hello from the scripted model." | none | none | end_turn
            load-2 | 3 "Hello from the scripted model." | none | none | end_turn
            max-tokens | 1 "This answer was cut" | none | none | error turn unknown
            multi-approved | 2 "Two files.Both handled." in 2 messages | edit → succeeded, edit → succeeded | allow_once, allow_once | end_turn
            plan | nothing | none | none | end_turn
            refusal | 1 "I cannot help with that." | none | none | end_turn
            shell-approved | 2 "I will run a command.Command finished." in 2 messages | execute exec_command → failed exit 1 | none | end_turn
            shell-fails | 1 "The command failed, as expected." | execute exec_command → failed exit 3 | none | end_turn
            text | 3 "Hello from the scripted model." | none | none | end_turn
            thinking | 4 thoughts, 2 "The answer is 42." | none | none | end_turn
            tool-allow-always | 3 "I will write the file.Done, the file was handled." in 2 messages | edit → succeeded | allow_always | end_turn
            tool-approved | 3 "I will write the file.Done, the file was handled." in 2 messages | edit → succeeded | allow_once | end_turn
            tool-rejected | 1 "I will write the file." | edit → rejected (not told) | reject_once | cancelled, since rejected
            unknown-tool | 1 "That tool does not exist." | none | none | end_turn
            """;

    private static final String CLAUDE =
            """
            cancel-permission | 1 "I will write the file." | edit Write → cancelled | cancelled | cancelled
            cancel-running-tool turn 1 | 1 "Running a long command." | execute Bash → cancelled | allow_once | cancelled
            cancel-running-tool turn 2 | 3 "Hello from the scripted model." | none | none | end_turn
            cancel-stream | 3 "word0 word1 word2 " | none | none | cancelled
            cancel-then-text turn 1 | 27 "word0 word1 word2 word3 word4 word5 word6 word7 word8 wor…" | none | none | cancelled
            cancel-then-text turn 2 | 3 "Hello from the scripted model." | none | none | end_turn
            edit-approved-fs | 3 "I will read it first.Now I edit it.Edited README.md." in 3 messages | read Read → succeeded, edit Edit → succeeded | allow_once | end_turn
            edit-approved | 3 "I will read it first.Now I edit it.Edited README.md." in 3 messages | read Read → succeeded, edit Edit → succeeded | allow_once | end_turn
            error-400 | 1 "API Error: 400 scripted 400" | none | none | error turn unknown, code -32603
            error-401 | 1 "Failed to authenticate. API Error: 401 scripted 401" | none | none | error turn auth, code -32000
            error-429 | 1 "API Error: Request rejected (429) · scripted 429" | none | none | error turn rate_limit, code -32603
            error-500 | 1 "API Error: 500 scripted 500. This is a server-side issue,…" | none | none | error turn server, code -32603
            error-midstream | 1 "Partial answer" | none | none | end_turn
            error-socket-drop | 3 "Partial answer then the socket diesPartial answer then th…" in 3 messages | none | none | end_turn
            load-1 | 3 "Hello from the scripted model." | none | none | end_turn
            max-tokens | 5 "This answer was cutThis answer was cutThis answer was cut…" in 5 messages | none | none | error turn max_output, code -32603
            multi-approved | 2 "Two files.Both handled." in 2 messages | edit Write → succeeded, edit Write → succeeded | allow_once, allow_once | end_turn
            multi-slow-approval | 2 "Two files.Both handled." in 2 messages | edit Write → succeeded, edit Write → succeeded | allow_once, allow_once | end_turn
            plan | nothing | none | none | end_turn
            refusal | 4 "I cannot help with that.**Notice:** Sonnet 4.5's safeguar…" in 3 messages | none | none | refusal
            shell-approved | 2 "I will run a command.Command finished." in 2 messages | execute Bash → succeeded | allow_once | end_turn
            shell-fails | 1 "The command failed, as expected." | execute Bash → failed | allow_once | end_turn
            text | 3 "Hello from the scripted model." | none | none | end_turn
            thinking | 3 thoughts, 2 "The answer is 42." | none | none | end_turn
            tool-allow-always | 3 "I will write the file.Done, the file was handled." in 2 messages | edit Write → succeeded | allow_always | end_turn
            tool-approved | 3 "I will write the file.Done, the file was handled." in 2 messages | edit Write → succeeded | allow_once | end_turn
            tool-rejected | 3 "I will write the file.Done, the file was handled." in 2 messages | edit Write → rejected | reject_once | end_turn
            unknown-tool | 1 "That tool does not exist." | other no_such_tool → failed | none | end_turn
            """;

    private static final String CODEX_SERVER =
            """
            cancel-permission | 1 "I will write the file." | edit fileChange → cancelled (not told) | none | cancelled
            cancel-running-tool turn 1 | 1 "Running a long command." | execute commandExecution → cancelled (not told) | allow_once | cancelled
            cancel-running-tool turn 2 | 3 "Hello from the scripted model." | none | none | end_turn
            cancel-stream turn 1 | 3 "word0 word1 word2 " | none | none | cancelled
            cancel-stream turn 2 | 3 "Hello from the scripted model." | none | none | end_turn
            edit-approved | 3 "I will read it first.Now I edit it.Edited README.md." in 3 messages | execute commandExecution → succeeded, edit fileChange → succeeded | allow_once, allow_once | end_turn
            error-400 | nothing | none | none | error turn bad_request, code other
            error-401 | nothing | none | none | error turn auth, code httpConnectionFailed, http 401, 1 retry
            error-429 | nothing | none | none | error turn rate_limit, code responseTooManyFailedAttempts, http 429, 1 retry
            error-500 | nothing | none | none | error turn server, code internalServerError, 1 retry
            error-midstream | 2 "Partial answerPartial answer" in 2 messages | none | none | error turn transport, code other, 1 retry
            error-socket-drop | 2 "Partial answer then the socket diesPartial answer then th…" in 2 messages | none | none | error turn transport, code other, 1 retry
            max-tokens | 1 "This answer was cut" | none | none | error turn max_output, code other
            multi-approved | 2 "Two files.Both handled." in 2 messages | edit fileChange → succeeded, edit fileChange → succeeded | allow_once, allow_once | end_turn
            plan | nothing | none | none | end_turn
            refusal | 1 "I cannot help with that." | none | none | end_turn
            shell-approved | 2 "I will run a command.Command finished." in 2 messages | execute commandExecution → succeeded | allow_once | end_turn
            shell-fails | 1 "The command failed, as expected." | execute commandExecution → failed exit 3 | allow_once | end_turn
            text | 3 "Hello from the scripted model." | none | none | end_turn
            thinking | 3 thoughts, 2 "The answer is 42." | none | none | end_turn
            tool-allow-always turn 1 | 3 "I will write the file.Done, the file was handled." in 2 messages | edit fileChange → succeeded | allow_always | end_turn
            tool-allow-always turn 2 | 3 "I will write the file.Done, the file was handled." in 2 messages | edit fileChange → succeeded | none | end_turn
            tool-approved | 3 "I will write the file.Done, the file was handled." in 2 messages | edit fileChange → succeeded | allow_once | end_turn
            tool-rejected-stop | 1 "I will write the file." | edit fileChange → rejected (not told) | reject_once | cancelled, since rejected
            tool-rejected | 3 "I will write the file.Done, the file was handled." in 2 messages | edit fileChange → rejected | reject_once | end_turn
            unknown-tool | 1 "That tool does not exist." | none | none | end_turn
            """;

    /** All lines. */
    static List<Row> rows() {
        var rows = new ArrayList<Row>();
        add(rows, "acp-example-1.9.0-", EXAMPLE);
        add(rows, "gemini-0.61.0-", GEMINI);
        add(rows, "opencode-1.18.33-", OPENCODE);
        add(rows, "codex-acp-2.6.0-", CODEX);
        add(rows, "claude-agent-acp-0.100.0-", CLAUDE);
        add(rows, "codex-appserver-0.169.0-", CODEX_SERVER);
        return rows;
    }

    private static void add(List<Row> rows, String prefix, String table) {
        for (String line : table.lines().toList()) {
            String scenario = line.substring(0, line.indexOf(" | "));
            String expected = line.substring(line.indexOf(" | ") + 3);
            int turn = scenario.indexOf(" turn ");
            rows.add(
                    turn < 0
                            ? new Row(prefix + scenario, 1, expected)
                            : new Row(
                                    prefix + scenario.substring(0, turn),
                                    Integer.parseInt(scenario.substring(turn + 6)),
                                    expected));
        }
    }
}
