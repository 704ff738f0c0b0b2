using System;
using System.Linq;
using NanoComm.Echonet;
using NanoComm.Metering;

namespace NanoComm.Virtual
{
    /// <summary>What happens, as the objects of <c>--log json</c>; docs/events.schema.json has their shape.</summary>
    internal static class JsonEvents
    {
        public static object Start(Status status, DateTime at) => new
        {
            At = at,
            Event = "start",
            status.Addresses,
            status.Options.Speed,
            WiSun = new { status.WiSun.Module, status.WiSun.Dongle, Credentials = status.WiSun.Credentials.Text },
            Wifi = status.Wifi?.Where,
            status.Page,
        };

        public static object End(Status status, DateTime at) => new
        {
            At = at,
            Event = "end",
            status.Readings,
            status.LiveReadings,
            status.Requests,
            status.Answers,
            status.Notifications,
            status.Drops,
            status.Lost,
            status.SendFailures,
            status.SelectorsRefused,
            status.Terminals,
            status.ProvenTerminals,
            status.Greeted,
            status.LoopFailures,
            status.ReadFailures,
            LinkBytes = status.Link.BytesSent + status.Link.BytesReceived,
            LinkRetransmissions = status.Link.Retransmissions,
            LinkTimeouts = status.Link.Timeouts,
            LinkWriteFailures = status.Link.WriteFailures,
            LinkFrameRejects = status.Link.FrameRejects,
            LinkUnexpected = status.Link.Unexpected,
            status.LinkNoiseBytes,
            status.LinkDrops,
            status.Differences,
            WiSun = status.WiSun.ToData(),
            Wifi = status.Wifi?.ToData(),
            PowerBudget = status.PowerBudget.ToData(),
        };

        public static object Log(LogLine line) => new
        {
            line.At,
            Event = "log",
            Level = line.Level.ToString(),
            line.Source,
            line.Text,
        };

        public static object State(Status status, DateTime at) => new
        {
            At = at,
            Event = "state",
            Pairing = status.Pairing.ToString(),
            Detail = status.PairingDetail.ToString(),
            Epoch = status.PairingEpoch,
            Light = status.Light.ToString(),
            Metering = status.Metering.ToString(),
            Gaps = status.Gaps.Length == 0 ? null : status.Gaps.Split(", "),
            status.HungLoop,
            status.HangRestarts,
        };

        public static object WiSun(Status status, DateTime at) => new { At = at, Event = "wiSun", WiSun = status.WiSun.ToData() };

        public static object Wifi(WifiStatus wifi, DateTime at) => new { At = at, Event = "wifi", Wifi = wifi.ToData() };

        public static object Power(Status status, DateTime at) => new { At = at, Event = "power", PowerBudget = status.PowerBudget.ToData() };

        public static object Reading(MeterReading reading, DateTime at) => new
        {
            At = at,
            Event = "reading",
            MeterClock = Status.ToDateTime(reading.Time),
            Normal = Energy(reading.Normal),
            Reverse = Energy(reading.Reverse),
            Power = Watts(reading.Power),
            CurrentR = Amperes(reading.CurrentR),
            CurrentT = Amperes(reading.CurrentT),
            Minute = Status.ToDateTime(reading.MinuteTime),
            MinuteNormal = Energy(reading.MinuteNormal),
            MinuteReverse = Energy(reading.MinuteReverse),
        };

        public static object Live(MeterReading reading, DateTime at) => new
        {
            At = at,
            Event = "live",
            Normal = Energy(reading.Normal),
            Reverse = Energy(reading.Reverse),
            Power = Watts(reading.Power),
            CurrentR = Amperes(reading.CurrentR),
            CurrentT = Amperes(reading.CurrentT),
        };

        public static object Skipped(long count, DateTime at) => new { At = at, Event = "skipped", Count = count };

        public static object Passed(Exchange exchange)
        {
            byte[] frame = exchange.IsNotification ? exchange.Response : exchange.Request;
            bool whole = EchonetFrame.Check(frame, frame.Length) == DropReason.None;
            bool answered = !exchange.IsNotification && exchange.Response.Length > 0;
            return new
            {
                exchange.At,
                Event = exchange.IsNotification ? "notification" : "request",
                exchange.Path,
                From = exchange.IsNotification ? null : exchange.Peer,
                To = exchange.IsNotification ? exchange.Peer : null,
                Esv = whole ? Names.OfService(frame[EchonetFrame.EsvOffset]) : null,
                Object = whole ? Names.ObjectOf(frame).ToString("X6") : null,
                Properties = whole ? Names.PropertiesOf(frame).Select(one => new { Epc = one.Epc.ToString("X2"), one.Name }).ToArray() : null,
                Dropped = exchange.Drop == DropReason.None ? null : exchange.Drop.ToString(),
                Answer = answered ? Names.OfService(exchange.Response[EchonetFrame.EsvOffset]) : null,
                Frame = Convert.ToHexString(frame),
                AnswerFrame = answered ? Convert.ToHexString(exchange.Response) : null,
            };
        }

        private static long? Energy(uint register) => register == MeterReading.NoEnergy ? null : register;

        private static int? Watts(int power) => power == MeterReading.NoPower ? null : power;

        private static double? Amperes(int tenths) => tenths == MeterReading.NoCurrent ? null : tenths / 10.0;
    }
}
