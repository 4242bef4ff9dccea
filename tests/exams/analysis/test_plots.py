from exams.views.plots import LABEL, SCALE, Share, bar_plot, dot_plot


def test_a_bar_is_as_long_as_its_share_and_ends_with_its_interval():
    plot = bar_plot(
        [Share("一", 0.5, "50%", low=0.25, high=0.75), Share("二", 0, "0%")]
    )

    first, second = plot.bars
    assert (first.width, first.low, first.high) == (180, LABEL + 90, LABEL + 270)
    assert (second.width, second.low) == (0, None)
    assert second.y - first.y == 26
    assert plot.ticks[-1] == (LABEL + SCALE, 100)
    assert plot.mark is None


def test_a_long_label_is_cut_and_a_mark_drawn():
    labels = ("一" * 20, "一" * 14, "a" * 28, "a" * 29)
    plot = bar_plot([Share(label, 1, "") for label in labels], mark=0.6)

    cut = ["一" * 13 + "…", "一" * 14, "a" * 28, "a" * 26 + "…"]
    assert [bar.label for bar in plot.bars] == cut
    assert plot.mark == LABEL + 216


def test_a_dot_stands_at_its_facility_and_correlation():
    plot = dot_plot([("a", 0, 1, False), ("b", 1, -1, True), ("c", 0.5, 0, False)])

    assert [(dot.x, dot.y) for dot in plot.dots] == [(44, 22), (364, 342), (204, 182)]
