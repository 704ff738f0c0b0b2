using System;
using System.Threading;
using NanoComm.Hal;
using NanoComm.Hal.Esp32;
using NanoComm.Metering;
using nanoFramework.Runtime.Native;
using NativePower = nanoFramework.Runtime.Native.Power;

namespace NanoComm.Esp32
{
    /// <summary>Starts the unit on a board. Never returns: whatever fails ends in a restart, and starting is
    /// repeatable.</summary>
    internal static class DeviceProgram
    {
        // Long enough for nanoff or the debugger to get hold of a unit that restarts again and again.
        private const int RestartPause = 10000;

        /// <summary>Runs the unit, and restarts it should it ever come back.</summary>
        /// <param name="makeBoard">Makes the board's hardware.</param>
        public static void Run(BoardMaker makeBoard)
        {
            var mainThread = new MainThreadWatch();
            var clock = new Esp32Clock();
            var log = new DebugLog(clock);
            try
            {
                RunUnit(makeBoard, clock, log, mainThread);
            }
            catch (Exception failure)
            {
                log.Write(LogLevel.Error, "main", failure.Message);
            }

            Thread.Sleep(RestartPause);
            NativePower.RebootDevice();
            Thread.Sleep(Timeout.Infinite);
        }

        private static void RunUnit(BoardMaker makeBoard, IClock clock, ILog log, MainThreadWatch mainThread)
        {
            log.Write(LogLevel.Info, "main", "firmware image " + SystemInfo.TargetName + " "
                + SystemInfo.Version.ToString());
            Esp32Board board = makeBoard(clock, log);
            var settings = new UnitSettings(board.Identity)
            {
                IpPathRequestsPerSecond = board.IpPathRequestsPerSecond,
                LivePeriod = board.LivePeriod,
                ServesHighVoltage = board.ServesHighVoltage,
                MeterClass = board.ServesHighVoltage ? MeterClass.HighVoltage : MeterClass.LowVoltage,
            };
            var unit = new CommunicationUnit(board, null, settings);
            unit.Start();
            new Esp32Supervisor(board, board.Esp32Loops.Watch, mainThread).Run();
        }
    }
}
