using System;
using System.Collections.Generic;

namespace NanoComm.Reporting
{
    /// <summary>One thing that was looked at.</summary>
    public sealed class ReportCase
    {
        /// <summary>Makes one that was not run yet.</summary>
        /// <param name="id">Stable, and unique in its report.</param>
        /// <param name="title">One line for people.</param>
        /// <param name="source">Where it comes from: the clause of a standard, a requirement; empty for none.</param>
        public ReportCase(string id, string title, string source)
        {
            Id = id;
            Title = title;
            Source = source;
        }

        /// <summary>Stable, and unique in its report.</summary>
        public string Id { get; }

        /// <summary>One line for people.</summary>
        public string Title { get; }

        /// <summary>Where it comes from; empty for nowhere.</summary>
        public string Source { get; }

        /// <summary>How it ended.</summary>
        public ReportVerdict Verdict { get; set; }

        /// <summary>Why it ended so; empty for a case that just passed.</summary>
        public string Message { get; set; } = string.Empty;

        /// <summary>How long it took.</summary>
        public TimeSpan Duration { get; set; }

        /// <summary>What was measured.</summary>
        public List<ReportFigure> Figures { get; } = new();

        /// <summary>What was measured over time.</summary>
        public List<ReportSeries> Series { get; } = new();

        /// <summary>What happened, a line each, in any characters.</summary>
        public List<string> Log { get; } = new();
    }
}
