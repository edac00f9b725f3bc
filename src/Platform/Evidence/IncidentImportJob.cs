using System.Text;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Evidence;

/// <summary>Uploaded logs on their way into the store: kept in a file of this machine until their job has ended.</summary>
public sealed class IncidentUploads(IWork work)
{
    /// <summary>The kind of its jobs.</summary>
    public const string Kind = IncidentImportJob.JobKind;

    /// <summary>The largest file taken from a browser or the API; a larger one is imported from the command line.</summary>
    public const long MaximumBytes = 256L * 1024 * 1024;

    /// <summary>The largest mapping.</summary>
    public const long MaximumMappingBytes = 256 * 1024;

    private static string Folder => Path.Combine(Path.GetTempPath(), "pathfinder-uploads");

    /// <summary>Takes a file and queues its import; the id of the job.</summary>
    public async Task<string> QueueAsync(Stream content, string file, MappingFile mapping, ImportOptions options, ChangeContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(mapping);
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
        try
        {
            await using (var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            {
                await content.CopyToAsync(to, cancellation);
            }

            return await work.EnqueueAsync(
                JobRequest.Of(IncidentImportJob.JobKind, new IncidentImportJob.Payload(path, Path.GetFileName(file), Convert.ToBase64String(mapping.Yaml), options, mapping.Name), context, Subject(mapping, file)),
                cancellation);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Key of the log and name of the file that an import is about; the key is empty where its mapping could not be read, both are for another kind of job.</summary>
    public static (string Key, string File) About(JobStatus job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.Subject?.Split('/', 3) is [IncidentImportJob.JobKind, var key, var file] ? (key, file) : ("", "");
    }

    private static string Subject(MappingFile mapping, string file)
    {
        var read = LogMapping.Read(Encoding.UTF8.GetString(mapping.Yaml), mapping.Name);
        return $"{IncidentImportJob.JobKind}/{(read.Succeeded ? read.Value.Log : "")}/{Path.GetFileName(file)}";
    }
}

/// <summary>Imports an uploaded log from the queue.</summary>
internal sealed class IncidentImportJob(IncidentImport import) : IJobHandler
{
    public const string JobKind = "incident-import";

    public string Kind => JobKind;

    public async Task<Outcome<Action<IChangeSet>>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        var payload = job.Read<Payload>();
        if (!File.Exists(payload.Path))
        {
            return new Problem("The uploaded file is no longer on this machine", payload.File, Accepted: "upload it again");
        }

        var again = false;
        try
        {
            await using var content = File.OpenRead(payload.Path);
            var prepared = await import.PrepareAsync(content, payload.File, new MappingFile(payload.MappingName, Convert.FromBase64String(payload.Mapping)), payload.Options, progress, cancellation);
            if (!prepared.Succeeded)
            {
                return Outcome.Refused<Action<IChangeSet>>(prepared.Problems);
            }

            progress.Report(new JobProgress(prepared.Value.Read.Log.InFile, prepared.Value.Read.Log.InFile, prepared.Value.Read.Sentence));
            return Outcome.Of<Action<IChangeSet>>(changes =>
            {
                if (!prepared.Value.Read.Unchanged)
                {
                    import.Write(changes, prepared.Value);
                }

                changes.Also((_, _) =>
                {
                    prepared.Value.Staged.Dispose();
                    return Task.CompletedTask;
                });
            });
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The worker starts the job again: the file must still be there.
            again = true;
            throw;
        }
        finally
        {
            if (!again)
            {
                File.Delete(payload.Path);
            }
        }
    }

    /// <summary>What the job needs.</summary>
    internal sealed record Payload(string Path, string File, string Mapping, ImportOptions Options, string MappingName = "the mapping");
}
