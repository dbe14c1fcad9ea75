package dev.stele.provider.session;

import dev.stele.contracts.MessageContent;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.rpc.RpcMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one protocol in one session: what is said in it, and, through its {@link
 * Normaliser}, what is meant. Not thread-safe: but for {@link #open}, which waits for the agent and
 * holds nothing, all is called under the session's lock and returns at once.
 */
public interface Protocol {

    /** What the messages mean. */
    Normaliser normaliser();

    /**
     * Speaks the first words, up to a session that can be prompted and in which the agent asks
     * before it acts.
     *
     * @param agent who is asked
     * @param opening what session is wanted
     * @return whether the session is the wanted earlier one, and so knows what was said in it
     * @throws ProviderFailure when there is no session to be had
     * @throws InterruptedException when the waiting thread is interrupted
     */
    boolean open(Asking agent, Opening opening) throws ProviderFailure, InterruptedException;

    /**
     * A prompt. Its id is given by the connection.
     *
     * @param prompt what is said
     * @throws ProviderFailure when the agent does not take such a prompt
     */
    RpcMessage.Request prompt(List<MessageContent> prompt) throws ProviderFailure;

    /**
     * Cancels the open turn; without one, does nothing.
     *
     * @param cause names the reason where it is not that someone asked for it
     * @return what to send for it at once, in order. A request's id is given by the connection
     */
    List<RpcMessage> cancel(@Nullable String cause);

    /**
     * The answer to a question.
     *
     * @param question the question
     * @param optionId the option to answer with; null answers that it is cancelled
     * @return the answer, or null where the agent closes the question by itself
     */
    RpcMessage.@Nullable Response answer(Question question, @Nullable String optionId);
}
