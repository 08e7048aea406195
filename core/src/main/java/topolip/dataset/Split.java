package topolip.dataset;

/// The part of a data set that models were trained on, or the part held out.
public enum Split {
  TRAIN,
  TEST
}
