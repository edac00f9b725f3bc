using Microsoft.Extensions.DependencyInjection;

namespace Pathfinder.Platform.Programme.Documents;

/// <summary>Registers what belongs to documents.</summary>
public static class DocumentServices
{
    /// <summary>Adds <see cref="IAttachments"/>.</summary>
    public static IServiceCollection AddAttachments(this IServiceCollection services) => services.AddSingleton<IAttachments, Attachments>();
}
