"""Prometheus' text format, byte by byte where it matters."""

from aboveboard.gateway.telemetry._metrics import Counter, Gauge, Histogram, Metrics


def test_a_counter_shows_each_set_of_labels() -> None:
    counter = Counter("x_total", "What x is.", ("kind",))
    counter.add("a")
    counter.add("a", by=1.5)
    counter.add("b")
    assert list(counter.lines()) == [
        "# HELP x_total What x is.",
        "# TYPE x_total counter",
        'x_total{kind="a"} 2.5',
        'x_total{kind="b"} 1',
    ]


def test_label_values_are_escaped() -> None:
    counter = Counter("x_total", "x", ("kind",))
    counter.add('a"b\\c\nd')
    assert list(counter.lines())[-1] == r'x_total{kind="a\"b\\c\nd"} 1'


def test_a_histogram_is_cumulative_and_a_bound_includes_itself() -> None:
    histogram = Histogram("h", "h", (0.1, 1.0))
    for value in (0.1, 0.5, 7.0):
        histogram.observe(value)
    assert list(histogram.lines())[2:] == [
        'h_bucket{le="0.1"} 1',
        'h_bucket{le="1"} 2',
        'h_bucket{le="+Inf"} 3',
        "h_sum 7.6",
        "h_count 3",
    ]


def test_a_gauge_that_is_not_known_is_left_out() -> None:
    assert list(Gauge("g", "g", lambda: None).lines()) == []
    assert list(Gauge("g", "g", lambda: 7).lines())[-1] == "g 7"


def test_the_page_ends_in_a_line_feed_and_names_nothing_twice() -> None:
    page = Metrics().page([Gauge("aboveboard_ledger_size", "Entries.", lambda: 3)]).decode()
    assert page.endswith("\n")
    names = [line.split()[2] for line in page.splitlines() if line.startswith("# TYPE")]
    assert len(names) == len(set(names))
    assert "aboveboard_ledger_size" in names
