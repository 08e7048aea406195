/// Figures and the HTML report of a run.
@NullMarked
package topolip.report;

import org.jspecify.annotations.NullMarked;
