namespace Pathfinder.Web.Components.Charts { internal static class Placeholder { } }
namespace Pathfinder.Web.Components.Maps { internal static class Placeholder { } }
