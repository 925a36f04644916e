package io.jenkins.plugins.slurmapptainer.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Charts over the number of builds, one beside the other, as SVG. Both axes are logarithmic: what grows with the number of builds is a
 * slope there, and what does not is level. It has a background of its own, so that it can be read on light and dark pages.
 */
final class Picture {
    static final String QUERIES = "job queries a minute";
    static final String OPERATIONS = "file operations a second";

    private static final int WIDTH = 330;
    private static final int HEIGHT = 220;
    private static final int LEFT = 50;
    private static final int TOP = 40;
    private static final int GAP = 100;
    private static final int BUILDS_DECADES = 4;
    private static final int FIGURE_DECADES = 4;
    private static final String[] COLOURS = {"#0b6e4f", "#b23a48", "#8a6d00", "#3d5a98"};
    private static final String FORM = "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n";

    private final Map<String, Map<String, TreeMap<Integer, Double>>> charts = new LinkedHashMap<>();

    /** Adds a point to a line of a chart. */
    void point(String chart, String line, int builds, double value) {
        charts.computeIfAbsent(chart, key -> new LinkedHashMap<>())
                .computeIfAbsent(line, key -> new TreeMap<>())
                .put(builds, value);
    }

    boolean isEmpty() {
        return charts.isEmpty();
    }

    String svg() {
        int width = charts.size() * (WIDTH + GAP) + LEFT;
        int height = TOP + HEIGHT + 50;
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                        + "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n",
                width, height, width, height));
        int left = LEFT;
        for (Map.Entry<String, Map<String, TreeMap<Integer, Double>>> chart : charts.entrySet()) {
            frame(out, left, chart.getKey());
            int number = 0;
            for (Map.Entry<String, TreeMap<Integer, Double>> line :
                    chart.getValue().entrySet()) {
                line(out, left, line.getKey(), line.getValue(), COLOURS[number++ % COLOURS.length]);
            }
            left += WIDTH + GAP;
        }
        return out.append("</svg>\n").toString();
    }

    private static void frame(StringBuilder out, int left, String title) {
        text(out, left, TOP - 16, "start", "#222222", title);
        text(out, left + WIDTH / 2.0, TOP + HEIGHT + 38, "middle", "#222222", "builds");
        for (int decade = 0; decade <= BUILDS_DECADES; decade++) {
            double at = x(left, Math.pow(10, decade));
            grid(out, at, TOP, at, TOP + HEIGHT);
            text(out, at, TOP + HEIGHT + 18, "middle", "#222222", power(decade));
        }
        for (int decade = 0; decade <= FIGURE_DECADES; decade++) {
            double at = y(Math.pow(10, decade));
            grid(out, left, at, left + WIDTH, at);
            text(out, left - 6, at + 4, "end", "#222222", power(decade));
        }
    }

    private static void line(StringBuilder out, int left, String name, TreeMap<Integer, Double> points, String colour) {
        List<String> places = new ArrayList<>();
        points.forEach((builds, value) -> {
            String place = String.format(Locale.ROOT, "%.1f,%.1f", x(left, builds), y(value));
            places.add(place);
            String[] at = place.split(",");
            out.append(String.format("<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\"/>%n", at[0], at[1], colour));
        });
        out.append(String.format(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                String.join(" ", places), colour));
        text(out, x(left, points.lastKey()) + 6, y(points.lastEntry().getValue()) - 6, "start", colour, name);
    }

    private static void grid(StringBuilder out, double x1, double y1, double x2, double y2) {
        out.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#cccccc\"/>%n",
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder out, double x, double y, String anchor, String colour, String words) {
        out.append(String.format(Locale.ROOT, FORM, x, y, anchor, colour, words));
    }

    private static double x(int left, double builds) {
        return left + WIDTH * Math.log10(builds) / BUILDS_DECADES;
    }

    /** Less than one stands at one. */
    private static double y(double value) {
        return TOP + HEIGHT - HEIGHT * Math.log10(Math.max(1, value)) / FIGURE_DECADES;
    }

    private static String power(int decade) {
        return String.format(Locale.ROOT, "%,d", (long) Math.pow(10, decade)).replace(",", " ");
    }
}
