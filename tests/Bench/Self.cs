using System;
using System.Diagnostics;
using System.IO;

namespace NanoComm.Bench
{
    /// <summary>This program once more, in a process of its own.</summary>
    internal static class Self
    {
        /// <summary>How to start it, whether it was started by its own name or by dotnet's.</summary>
        public static ProcessStartInfo With(params string[] args)
        {
            var start = new ProcessStartInfo(Environment.ProcessPath) { UseShellExecute = false };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            {
                start.ArgumentList.Add(typeof(Self).Assembly.Location);
            }

            foreach (string arg in args)
            {
                start.ArgumentList.Add(arg);
            }

            return start;
        }
    }
}
