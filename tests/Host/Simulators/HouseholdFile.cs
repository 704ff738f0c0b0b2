using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace NanoComm.Tests.Host.Simulators
{
    /// <summary>A household data file that goes away after the test.</summary>
    internal sealed class HouseholdFile : IDisposable
    {
        public const string Header = "minute,active_kw,reactive_kvar,voltage_v,current_a";

        public HouseholdFile(IEnumerable<string> lines)
        {
            File.WriteAllLines(Name, lines);
        }

        public string Name { get; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");

        /// <summary>A sound file: header and whole days from 2007-02-01.</summary>
        public static List<string> Lines(int days, string activeKw = "0.500", string reactiveKvar = "0.100")
        {
            var first = new DateTime(2007, 2, 1);
            return Enumerable.Range(0, days * 1440)
                .Select(i => first.AddMinutes(i).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)
                    + $",{activeKw},{reactiveKvar},100.000,5.000")
                .Prepend(Header)
                .ToList();
        }

        public void Dispose()
        {
            File.Delete(Name);
        }
    }
}
