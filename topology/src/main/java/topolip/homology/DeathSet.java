package topolip.homology;

/// The simplices by which classes of one degree die: cleared in the next.
interface DeathSet {
  boolean contains(long simplex);
}
