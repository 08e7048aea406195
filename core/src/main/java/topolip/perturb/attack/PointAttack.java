package topolip.perturb.attack;

/// The program of an attack on one point.
interface PointAttack {

  /// Asks the model until the search is finished or the attack has done its steps.
  void run(Search search) throws InterruptedException;

  static PointAttack of(Attack attack) {
    return switch (attack) {
      case Pgd pgd -> new PgdWalk(pgd);
      case Apgd apgd -> new ApgdWalk(apgd);
      case TargetedApgd apgd -> new TargetedApgdWalk(apgd);
      case Fab fab -> new FabWalk(fab);
      case DeepFool deepFool -> new DeepFoolWalk(deepFool);
      case CarliniWagner carliniWagner -> new CarliniWagnerWalk(carliniWagner);
      case Square square -> SquareWalk.of(square);
      case RandomNoise noise -> new NoiseWalk(noise);
    };
  }
}
