using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NanoComm.Reporting;

namespace NanoComm.MeterConformance
{
    /// <summary>A run of rows against a meter, from looking which meter there is to putting back what was changed.</summary>
    public sealed class ConformanceRun
    {
        /// <summary>The title of its report.</summary>
        public const string Title = "ECHONET Lite conformance of a smart meter";

        private readonly MeterPath _path;
        private readonly ConformanceOptions _options;

        /// <summary>Makes one; nothing is sent yet.</summary>
        /// <param name="path">The way to the meter.</param>
        /// <param name="options">How it is looked at.</param>
        public ConformanceRun(MeterPath path, ConformanceOptions options)
        {
            _path = path;
            _options = options;
            Rows = RowBook.Select(options.Class, options.Only);
        }

        /// <summary>A row is begun: its number from 1 on.</summary>
        public event Action<int, ConformanceRow> Begun;

        /// <summary>A row is done.</summary>
        public event Action<ConformanceRow, ReportCase> Done;

        /// <summary>What is to be run; once it is known which meters there are, without what is for others.</summary>
        public IReadOnlyList<ConformanceRow> Rows { get; private set; }

        /// <summary>Runs it.</summary>
        /// <param name="start">The time of day.</param>
        /// <param name="end">Whether to end it after the row that is run, or its watch; what was changed is put back, the other rows are
        /// skipped.</param>
        /// <exception cref="MeterSilentException">Nothing answers at all.</exception>
        public Report Run(DateTimeOffset start, Func<bool> end = null)
        {
            var report = new Report(Title, start);
            var log = new List<string>();
            var dialog = new MeterDialog(_path, _options.FirstTid);
            dialog.Noted += log.Add;
            var meter = new MeterUnderTest(_path, dialog, _options, end ?? (() => false));
            meter.Discover();
            Rows = Rows.Where(row => row.Class == 0 || row.Class == _options.Class || meter.Find(row.Class) != null).ToList();
            for (int i = 0; i < Rows.Count; i++)
            {
                Begun?.Invoke(i + 1, Rows[i]);
                report.Cases.Add(Run(Rows[i], meter, log));
                Done?.Invoke(Rows[i], report.Cases[^1]);
                log.Clear();
            }

            AddFacts(report, meter);
            return report;
        }

        private ReportCase Run(ConformanceRow row, MeterUnderTest meter, List<string> log)
        {
            var one = new ReportCase(row.Id, row.Title, row.IsCertain ? row.Source : $"{row.Source}; not read: only warns");
            long begun = _path.Now;
            Finding finding = meter.IsOver() ? Finding.Skipped("the run was ended before")
                : row.Class != 0 && meter.Find(row.Class) == null ? Finding.Skipped($"the node lists no object of class {row.Class:X4}")
                : Look(row, meter);
            meter.Restore();
            one.Duration = TimeSpan.FromMilliseconds(_path.Now - begun);
            one.Verdict = finding.Verdict == ReportVerdict.Failed && !row.IsCertain ? ReportVerdict.Warned : finding.Verdict;
            one.Message = finding.Message;
            one.Figures.AddRange(finding.Figures);
            one.Series.AddRange(finding.Series);
            one.Log.AddRange(log);
            return one;
        }

        private static Finding Look(ConformanceRow row, MeterUnderTest meter)
        {
            try
            {
                return row.Check(meter);
            }
            catch (MeterSilentException error)
            {
                return Finding.Failed(error.Message);
            }
        }

        private void AddFacts(Report report, MeterUnderTest meter)
        {
            report.Facts.Add(new ReportFact("Meter", _path.Name));
            report.Facts.Add(new ReportFact("Objects", string.Join(' ', meter.Instances.Select(eoj => eoj.ToString("X6")))));
            report.Facts.Add(new ReportFact("Rules", $"{PropertyTables.Source}; unofficial, and no certification"));
            report.Facts.Add(new ReportFact("Requests", $"{meter.Dialog.Answers.Count} answered, {meter.Dialog.Repetitions} sent again"));
            report.Facts.Add(new ReportFact("Left as it was",
                meter.NotRestored.Count == 0 ? "yes" : string.Join("; ", meter.NotRestored)));
            report.Facts.Add(new ReportFact("Watched for",
                string.Create(CultureInfo.InvariantCulture, $"{_options.Minutes} minutes")));
        }
    }
}
