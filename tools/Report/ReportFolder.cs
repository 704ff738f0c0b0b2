using System;
using System.Collections.Generic;
using System.IO;

namespace NanoComm.Reporting
{
    /// <summary>
    /// The folder that a report is handed in as: <c>junit.xml</c>, <c>report.html</c>, <c>report.jsonl</c>. Each is replaced as
    /// a whole, and none before all three could be written.
    /// </summary>
    public sealed class ReportFolder
    {
        /// <summary>JUnit XML.</summary>
        public const string JUnit = "junit.xml";

        /// <summary>A page that stands alone.</summary>
        public const string Page = "report.html";

        /// <summary>JSON lines.</summary>
        public const string Lines = "report.jsonl";

        private const string Unfinished = ".tmp";

        private readonly string _path;
        private readonly Func<string, Stream> _create;

        /// <summary>Makes the folder where it is not there, and sees whether it can be written, before a long run is for
        /// nothing.</summary>
        /// <param name="path">The folder.</param>
        /// <exception cref="IOException">It cannot be made or written; the message says which and why.</exception>
        public ReportFolder(string path)
            : this(path, file => new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None))
        {
        }

        /// <summary>The same with files made by another.</summary>
        internal ReportFolder(string path, Func<string, Stream> create)
        {
            _path = Path.GetFullPath(path);
            _create = create;
            Attempt(() =>
            {
                Directory.CreateDirectory(_path);
                string probe = NameUnfinished(JUnit);
                _create(probe).Dispose();
                File.Delete(probe);
            });
        }

        /// <summary>Writes a report, in place of one that is there.</summary>
        /// <exception cref="IOException">It could not be written: what was there is still there, and the message says
        /// why.</exception>
        public void Write(Report report)
        {
            var finished = new List<(string From, string To)>();
            Attempt(() =>
            {
                try
                {
                    finished.Add(WriteOne(JUnit, stream => JUnitWriter.Write(report, stream)));
                    finished.Add(WriteOne(Page, stream => HtmlWriter.Write(report, stream)));
                    finished.Add(WriteOne(Lines, stream => JsonLinesWriter.Write(report, stream)));
                    foreach ((string from, string to) in finished)
                    {
                        File.Move(from, to, overwrite: true);
                    }
                }
                finally
                {
                    finished.ForEach(file => File.Delete(file.From));
                }
            });
        }

        private (string From, string To) WriteOne(string name, Action<Stream> write)
        {
            string unfinished = NameUnfinished(name);
            try
            {
                using Stream stream = _create(unfinished);
                write(stream);
            }
            catch
            {
                File.Delete(unfinished);
                throw;
            }

            return (unfinished, Path.Combine(_path, name));
        }

        private string NameUnfinished(string name)
        {
            return Path.Combine(_path, $".{name}.{Path.GetRandomFileName()}{Unfinished}");
        }

        private void Attempt(Action action)
        {
            try
            {
                action();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new IOException($"the report cannot be written to {_path}: {error.Message.TrimEnd('.')}", error);
            }
        }
    }
}
