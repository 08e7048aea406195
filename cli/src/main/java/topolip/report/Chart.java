package topolip.report;

/// A figure of a report.
///
/// @param name of its files, without ending
/// @param title above it
/// @param caption below it: what is drawn, and what is left out
/// @param spec Vega-Lite, as JSON
record Chart(String name, String title, String caption, String spec) {}
