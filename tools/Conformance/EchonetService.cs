using System;
using System.Collections.Generic;
using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>Services beside those that a controller uses (ECHONET Lite specification, part II, 3.2.5).</summary>
    internal static class EchonetService
    {
        public const byte SetISna = 0x50;
        public const byte SetCSna = 0x51;
        public const byte InfSna = 0x53;
        public const byte SetGetSna = 0x5E;
        public const byte SetI = 0x60;
        public const byte InfReq = 0x63;
        public const byte SetGet = 0x6E;
        public const byte SetGetRes = 0x7E;

        /// <summary>Whether it answers.</summary>
        public static bool IsResponse(byte esv)
        {
            return IsRefusal(esv) || esv is EchonetMessage.SetRes or EchonetMessage.GetRes or EchonetMessage.InfCRes or SetGetRes;
        }

        /// <summary>Whether it says that not everything can be done.</summary>
        public static bool IsRefusal(byte esv)
        {
            return esv is SetISna or SetCSna or EchonetMessage.GetSna or InfSna or SetGetSna;
        }

        /// <summary>What answers a service.</summary>
        public static IReadOnlyList<byte> Answers(byte esv)
        {
            return esv switch
            {
                SetI => [SetISna],
                EchonetMessage.SetC => [EchonetMessage.SetRes, SetCSna],
                EchonetMessage.Get => [EchonetMessage.GetRes, EchonetMessage.GetSna],
                InfReq => [EchonetMessage.Inf, InfSna],
                SetGet => [SetGetRes, SetGetSna],
                _ => Array.Empty<byte>(),
            };
        }

        /// <summary>Its name.</summary>
        public static string Name(byte esv)
        {
            return esv switch
            {
                SetI => "SetI",
                EchonetMessage.SetC => "SetC",
                EchonetMessage.Get => "Get",
                InfReq => "INF_REQ",
                SetGet => "SetGet",
                _ => $"ESV {esv:X2}",
            };
        }
    }
}
