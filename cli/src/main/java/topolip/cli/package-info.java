/// The command line.
@NullMarked
package topolip.cli;

import org.jspecify.annotations.NullMarked;
