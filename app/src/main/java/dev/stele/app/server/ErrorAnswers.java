package dev.stele.app.server;

import dev.stele.domain.port.Codec;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What is answered where a request was not even understood: a problem like any other. */
final class ErrorAnswers extends ErrorHandler {
    private final Codec codec;

    ErrorAnswers(Codec codec) {
        this.codec = codec;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        String why = Objects.requireNonNullElse(message, "The request cannot be answered") + ".";
        Answer.Whole answer = Problem.of(code, "Http", why).answer(codec);
        Gate.secure(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }
}
