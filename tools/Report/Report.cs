using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Reporting
{
    /// <summary>What a run hands in. <see cref="ReportFolder"/> writes it.</summary>
    public sealed class Report
    {
        /// <summary>Begins one.</summary>
        /// <param name="title">What was run.</param>
        /// <param name="start">When it began.</param>
        public Report(string title, DateTimeOffset start)
        {
            Title = title;
            Start = start;
        }

        /// <summary>What was run.</summary>
        public string Title { get; }

        /// <summary>When it began.</summary>
        public DateTimeOffset Start { get; }

        /// <summary>What is to be known of the whole run.</summary>
        public List<ReportFact> Facts { get; } = new();

        /// <summary>Its cases, in the order in which they were run.</summary>
        public List<ReportCase> Cases { get; } = new();

        /// <summary>How long all its cases took together.</summary>
        public TimeSpan Duration => Cases.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Duration);

        /// <summary>What a program that made it ends with: 1 when a case failed, 2 when none was run, else 0.</summary>
        public int ExitCode => Count(ReportVerdict.Failed) > 0 ? 1 : Count(ReportVerdict.Skipped) == Cases.Count ? 2 : 0;

        /// <summary>How many cases ended so.</summary>
        public int Count(ReportVerdict verdict)
        {
            return Cases.Count(one => one.Verdict == verdict);
        }

        /// <summary>How many cases ended how, in words.</summary>
        public override string ToString()
        {
            return $"{Count(ReportVerdict.Passed)} passed, {Count(ReportVerdict.Failed)} failed, "
                + $"{Count(ReportVerdict.Warned)} warned, {Count(ReportVerdict.Skipped)} skipped";
        }
    }
}
