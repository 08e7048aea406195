package topolip.perturb;

/// No change of the images, but a second, disjoint sample of the same data.
public record SecondSample() implements Perturbation {
  @Override
  public String toString() {
    return "split";
  }
}
