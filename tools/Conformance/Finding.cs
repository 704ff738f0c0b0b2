using System.Collections.Generic;
using NanoComm.Reporting;

namespace NanoComm.MeterConformance
{
    /// <summary>What a row found.</summary>
    /// <param name="Verdict">Passed, failed or skipped; a row that is not certain makes a warning of its failure.</param>
    /// <param name="Message">Why; what was looked at.</param>
    public sealed record Finding(ReportVerdict Verdict, string Message)
    {
        /// <summary>What was measured.</summary>
        public IReadOnlyList<ReportFigure> Figures { get; init; } = [];

        /// <summary>What was measured over time.</summary>
        public IReadOnlyList<ReportSeries> Series { get; init; } = [];

        /// <summary>As it should be.</summary>
        public static Finding Passed { get; } = new(ReportVerdict.Passed, string.Empty);

        /// <summary>Not as it should be.</summary>
        public static Finding Failed(string message)
        {
            return new Finding(ReportVerdict.Failed, message);
        }

        /// <summary>Could not be looked at.</summary>
        public static Finding Skipped(string message)
        {
            return new Finding(ReportVerdict.Skipped, message);
        }

        /// <summary>Passed without a fault, else failed by it.</summary>
        /// <param name="fault">In words, or null.</param>
        public static Finding Of(string fault)
        {
            return fault == null ? Passed : Failed(fault);
        }
    }
}
