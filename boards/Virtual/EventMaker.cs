using System;
using System.Linq;
using NanoComm.Echonet;
using NanoComm.Metering;
using NanoComm.Virtual.Events;

namespace NanoComm.Virtual
{
    /// <summary>What happens, as the objects of <c>--log json</c>; docs/events.schema.json has their shape.</summary>
    internal static class EventMaker
    {
        public static JsonEvent Start(Status status, DateTime at) => new StartEvent
        {
            At = at,
            Addresses = status.Addresses,
            Speed = status.Options.Speed,
            WiSun = new WiSunPlace(status.WiSun.Module, status.WiSun.Dongle, status.WiSun.Credentials.Text),
            Wifi = status.Wifi?.Where,
            Page = status.Page,
        };

        public static JsonEvent End(Status status, DateTime at) => new EndEvent
        {
            At = at,
            Readings = status.Readings,
            LiveReadings = status.LiveReadings,
            Requests = status.Requests,
            Answers = status.Answers,
            Notifications = status.Notifications,
            Drops = status.Drops,
            Lost = status.Lost,
            SendFailures = status.SendFailures,
            SelectorsRefused = status.SelectorsRefused,
            Terminals = status.Terminals,
            ProvenTerminals = status.ProvenTerminals,
            Greeted = status.Greeted,
            LoopFailures = status.LoopFailures,
            ReadFailures = status.ReadFailures,
            LinkBytes = status.Link.BytesSent + status.Link.BytesReceived,
            LinkRetransmissions = status.Link.Retransmissions,
            LinkTimeouts = status.Link.Timeouts,
            LinkWriteFailures = status.Link.WriteFailures,
            LinkFrameRejects = status.Link.FrameRejects,
            LinkUnexpected = status.Link.Unexpected,
            LinkNoiseBytes = status.LinkNoiseBytes,
            LinkDrops = status.LinkDrops,
            Differences = status.Differences,
            WiSun = status.WiSun.ToData(),
            Wifi = status.Wifi?.ToData(),
            PowerBudget = status.PowerBudget.ToData(),
        };

        public static JsonEvent Log(LogLine line) => new LogEvent
        {
            At = line.At,
            Level = line.Level.ToString(),
            Source = line.Source,
            Text = line.Text,
        };

        public static JsonEvent State(Status status, DateTime at) => new StateEvent
        {
            At = at,
            Pairing = status.Pairing.ToString(),
            Detail = status.PairingDetail.ToString(),
            Epoch = status.PairingEpoch,
            Light = status.Light.ToString(),
            Metering = status.Metering.ToString(),
            Gaps = status.Gaps.Length == 0 ? null : status.Gaps.Split(", "),
            HungLoop = status.HungLoop,
            HangRestarts = status.HangRestarts,
        };

        public static JsonEvent WiSun(Status status, DateTime at) => new WiSunEvent(status.WiSun.ToData()) { At = at };

        public static JsonEvent Wifi(WifiStatus wifi, DateTime at) => new WifiEvent(wifi.ToData()) { At = at };

        public static JsonEvent Power(Status status, DateTime at) => new PowerEvent(status.PowerBudget.ToData()) { At = at };

        public static JsonEvent Reading(MeterReading reading, DateTime at) => new ReadingEvent
        {
            At = at,
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

        public static JsonEvent Live(MeterReading reading, DateTime at) => new LiveEvent
        {
            At = at,
            Normal = Energy(reading.Normal),
            Reverse = Energy(reading.Reverse),
            Power = Watts(reading.Power),
            CurrentR = Amperes(reading.CurrentR),
            CurrentT = Amperes(reading.CurrentT),
        };

        public static JsonEvent Skipped(long count, DateTime at) => new SkippedEvent(count) { At = at };

        public static JsonEvent Passed(Exchange exchange)
        {
            byte[] frame = exchange.IsNotification ? exchange.Response : exchange.Request;
            bool whole = EchonetFrame.Check(frame, frame.Length) == DropReason.None;
            bool answered = !exchange.IsNotification && exchange.Response.Length > 0;
            return new ExchangeEvent(exchange.IsNotification ? "notification" : "request")
            {
                At = exchange.At,
                Path = exchange.Path,
                From = exchange.IsNotification ? null : exchange.Peer,
                To = exchange.IsNotification ? exchange.Peer : null,
                Esv = whole ? Names.OfService(frame[EchonetFrame.EsvOffset]) : null,
                Object = whole ? Names.ObjectOf(frame).ToString("X6") : null,
                Properties = whole ? Names.PropertiesOf(frame).Select(one => new PropertyData(one.Epc.ToString("X2"), one.Name)).ToArray() : null,
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
