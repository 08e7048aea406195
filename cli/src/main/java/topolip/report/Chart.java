package topolip.report;

/// A figure of a report.
///
/// @param name of its files, without ending
/// @param title above it
/// @param caption below it: what is drawn, and what is left out
/// @param spec Vega-Lite, as JSON
/// @param isEmpty whether there is nothing to draw
record Chart(String name, String title, String caption, String spec, boolean isEmpty) {}
