package dev.stele.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.PermissionOption.Kind;
import dev.stele.contracts.ProviderError.Scope;
import dev.stele.contracts.TokenUsage.Cost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallValuesTest {

    @Test
    void an_option_allows_or_rejects_or_means_nothing_known() {
        assertThat(List.of(Kind.values()).stream().filter(Kind::allows))
                .containsExactly(Kind.ALLOW_ONCE, Kind.ALLOW_ALWAYS);
        assertThat(List.of(Kind.values()).stream().filter(Kind::rejects))
                .containsExactly(Kind.REJECT_ONCE, Kind.REJECT_ALWAYS);
    }

    @Test
    void later_figures_lie_over_earlier_ones_field_by_field() {
        var early = new TokenUsage(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, new Cost(0.5, "USD"));
        var late = new TokenUsage(10L, null, 30L, null, 50L, null, 70L, null, new Cost(1, "EUR"));
        var none = new TokenUsage(null, null, null, null, null, null, null, null, null);

        assertThat(early.mergedWith(late))
                .isEqualTo(new TokenUsage(10L, 2L, 30L, 4L, 50L, 6L, 70L, 8L, new Cost(1, "EUR")));
        assertThat(early.mergedWith(none)).isEqualTo(early);
        assertThat(none.mergedWith(early)).isEqualTo(early);
    }

    @Test
    void a_plain_error_is_not_retryable_and_has_no_codes() {
        assertThat(ProviderError.of(Scope.PROCESS, ProviderError.Kind.CRASH, "It ended."))
                .isEqualTo(
                        new ProviderError(
                                Scope.PROCESS,
                                ProviderError.Kind.CRASH,
                                "It ended.",
                                null,
                                null,
                                false));
    }

    @Test
    void the_lists_of_provider_events_are_copies() {
        List<PlanEntry> entries = new ArrayList<>(List.of(new PlanEntry("look", "pending", null)));
        List<PermissionOption> options =
                new ArrayList<>(List.of(new PermissionOption("y", "Yes", Kind.ALLOW_ONCE)));
        var plan = new ProviderEvent.PlanUpdate(entries);
        var asked = new ProviderEvent.AwaitingApproval(new ActionId("a1"), null, "Run ls", options);

        entries.clear();
        options.clear();

        assertThat(plan.entries()).hasSize(1);
        assertThat(asked.options()).hasSize(1);
    }
}
