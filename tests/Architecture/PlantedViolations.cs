// Types that break the order of rooms on purpose: the reader of arrows must find each of them, or it sees nothing.
#pragma warning disable CA1812, CA1823, CS0169, IDE0051, IDE0044, RCS1213, CA1852

namespace Pathfinder.Platform.Problems
{
    internal sealed class PlantedField
    {
        private readonly Pathfinder.Platform.Runs.PlantedTarget? _later;
    }

    internal sealed class PlantedBody
    {
        internal static object Make() => new Pathfinder.Platform.Runs.PlantedTarget();
    }

    internal sealed class PlantedGeneric
    {
        internal static int Count(IReadOnlyList<IReadOnlyList<Pathfinder.Platform.Runs.PlantedTarget>> later) => later.Count;
    }

    internal sealed class PlantedLambda
    {
        internal static Func<object> Later() => () => typeof(Pathfinder.Platform.Runs.PlantedTarget);
    }
}

namespace Pathfinder.Platform.Runs
{
    internal class PlantedTarget;

    internal sealed class PlantedAllowed : Pathfinder.Platform.Problems.PlantedBase;
}

namespace Pathfinder.Platform.Problems
{
    internal class PlantedBase;
}

namespace Pathfinder.Engine.Numerics
{
    internal sealed class PlantedUpwards : Pathfinder.Platform.Problems.PlantedBase;
}

namespace Pathfinder.Platform.Utils
{
    internal sealed class PlantedUnknownRoom : Pathfinder.Platform.Problems.PlantedBase;
}
