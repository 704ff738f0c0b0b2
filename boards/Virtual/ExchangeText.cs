using System;
using System.Linq;
using NanoComm.Bytes;
using NanoComm.Echonet;

namespace NanoComm.Virtual
{
    /// <summary>An exchange as a person reads it.</summary>
    internal static class ExchangeText
    {
        private const int PropertiesShown = 4;

        /// <summary>What was asked or announced: service, object, properties.</summary>
        public static string Subject(Exchange exchange)
        {
            byte[] frame = exchange.IsNotification ? exchange.Response : exchange.Request;
            if (EchonetFrame.Check(frame, frame.Length) != DropReason.None)
            {
                return Convert.ToHexString(frame.AsSpan(0, Math.Min(frame.Length, 16))) + (frame.Length > 16 ? "…" : "");
            }

            int eoj = BigEndian.ReadU24(
                frame, exchange.IsNotification ? EchonetFrame.SeojOffset : EchonetFrame.DeojOffset);
            string[] properties = Names.OfProperties(frame).ToArray();
            string shown = string.Join(", ", properties.Take(PropertiesShown))
                + (properties.Length > PropertiesShown ? $", … {properties.Length} in all" : "");
            return $"{Names.OfService(frame[EchonetFrame.EsvOffset])} {Names.OfObject(eoj)}: {shown}";
        }

        /// <summary>What became of it: the answer, the reason for silence, or where it went.</summary>
        public static string Outcome(Exchange exchange)
        {
            if (exchange.IsNotification)
            {
                return $"{Destination(exchange)}, {exchange.Response.Length} B";
            }

            return exchange.Drop != DropReason.None ? $"dropped: {exchange.Drop}"
                : exchange.Response.Length == 0 ? "done, no answer wanted"
                : $"{Names.OfService(exchange.Response[EchonetFrame.EsvOffset])}, {exchange.Response.Length} B";
        }

        private static string Destination(Exchange exchange)
        {
            return exchange.Peer is not null ? "to " + exchange.Peer
                : BigEndian.ReadU24(exchange.Response, EchonetFrame.DeojOffset) == Eoj.Controller ? "to HEMS"
                : "to all";
        }
    }
}
