package dev.stele.app.cli;

import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.app.approval.ApprovalPolicy.Standard;

/** The values of {@code --approve}. */
enum ApproveMode {
    /** A person at the terminal answers. */
    ask(Standard.ASK),
    /** Everything is allowed. */
    all(Standard.ALL),
    /** Nothing is allowed. */
    none(Standard.NONE);

    private final ApprovalPolicy policy;

    ApproveMode(ApprovalPolicy policy) {
        this.policy = policy;
    }

    ApprovalPolicy policy() {
        return policy;
    }
}
