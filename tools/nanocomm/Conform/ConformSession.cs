using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using NanoComm.CommandLine;
using NanoComm.MeterConformance;
using NanoComm.Hems;
using NanoComm.Reporting;
using NanoComm.Simulators;

namespace NanoComm.Tool
{
    /// <summary>One conformance run at a real meter. Ctrl-C ends it after the row that is run: what was set is put back, and the report
    /// written.</summary>
    internal static class ConformSession
    {
        /// <summary>Runs it.</summary>
        /// <returns>The exit code.</returns>
        /// <exception cref="UserError">Nothing could be run, or the report not be written; the message says why.</exception>
        public static int Run(ConformSettings settings)
        {
            bool isOver = false;
            void End(PosixSignalContext context)
            {
                context.Cancel = true;
                isOver = true;
            }

            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
            using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
            try
            {
                var folder = new ReportFolder(settings.Report);
                Report report = settings.Ip != null ? RunOverIp(settings, () => isOver) : RunOverWiSun(settings, () => isOver);
                folder.Write(report);
                ConformTables.WriteReport(report);
                Console.WriteLine($"report in {settings.Report}");
                return report.ExitCode;
            }
            catch (IOException error)
            {
                throw new UserError(error.Message);
            }
        }

        private static Report RunOverIp(ConformSettings settings, Func<bool> end)
        {
            using var path = new UdpMeterPath(settings.Ip, settings.Second);
            return Run(path, settings, end);
        }

        private static Report RunOverWiSun(ConformSettings settings, Func<bool> end)
        {
            using var line = StreamByteLine.OpenPort(settings.Port, settings.Baud);
            var clock = Stopwatch.StartNew();
            var heard = new BlockingCollection<byte[]>();
            var hems = new HemsController(new HemsOptions
            {
                Port = settings.Port,
                Id = settings.Credentials.Id,
                Password = settings.Credentials.Password,
                JoinTimeout = 60_000,
                JoinWindow = 0,
            });
            hems.Searching += () => Console.WriteLine("looking for the meter on all channels");
            hems.Found += pan => Console.WriteLine($"found on channel {pan.Channel:X2}, PAN {pan.Pan:X4}, {pan.Rssi:F0} dBm; joining");
            hems.Send += line.Send;
            line.Received += bytes => heard.Add(bytes.ToArray());
            line.Start();
            using var path = new WiSunMeterPath(hems, wait => heard.TryTake(out byte[] bytes, wait) ? bytes : null,
                () => clock.ElapsedMilliseconds);
            path.Join(end);
            try
            {
                return Run(path, settings, end);
            }
            finally
            {
                path.Leave();
            }
        }

        private static Report Run(MeterPath path, ConformSettings settings, Func<bool> end)
        {
            try
            {
                return ConformProgress.Run(new ConformanceRun(path, settings.Options), end);
            }
            catch (MeterSilentException error)
            {
                throw new UserError($"nothing answers ECHONET Lite at {path.Name} ({error.Message}): look at the address; if it is right, at the "
                    + "meter's side, and at a firewall on the way");
            }
        }
    }
}
