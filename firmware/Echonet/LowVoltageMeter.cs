using NanoComm.Metering;
using static NanoComm.Echonet.Access;
using static NanoComm.Echonet.Kind;
using static NanoComm.Echonet.MeterValues;

namespace NanoComm.Echonet
{
    /// <summary>The low-voltage smart electric energy meter, class 0x0288, Release R.</summary>
    public sealed class LowVoltageMeter : MeterObject
    {
        private const byte LastDay = MeterData.HistoryDays - 1;

        /// <summary>Makes the object.</summary>
        /// <param name="values">Where its values come from.</param>
        public LowVoltageMeter(MeterValues values)
            : base(Eoj.LowVoltageMeter, values, new byte[]
            {
                // EPC                      access             kind         source            with
                Epc.RouteBId,               Get,               Octets,      RouteBId,         0,
                Epc.OneMinuteEnergy,        Get,               TimedTwoU32, MinuteNormal,     MinuteTime,
                Epc.Coefficient,            Get,               U32,         Coefficient,      0,
                Epc.EffectiveDigits,        Get,               U8,          Digits,           0,
                Epc.NormalEnergy,           GetLive,           U32,         Normal,           0,
                Epc.EnergyUnit,             Get,               U8,          Unit,             0,
                Epc.NormalHistory1,         Get,               DayHistory,  HalfHoursNormal,  Epc.History1Day,
                Epc.ReverseEnergy,          GetLive,           U32,         Reverse,          0,
                Epc.ReverseHistory1,        Get,               DayHistory,  HalfHoursReverse, Epc.History1Day,
                Epc.History1Day,            GetSet,            DaySelector, 0,                LastDay,
                Epc.InstantaneousPower,     GetLive,           U32,         LivePower,        0,
                Epc.InstantaneousCurrents,  GetLive,           TwoU16,      CurrentR,         0,
                Epc.NormalFixedTimeEnergy,  GetInfAtFixedTime, TimedU32,    HalfHourNormal,   HalfHourTime,
                Epc.ReverseFixedTimeEnergy, GetInfAtFixedTime, TimedU32,    HalfHourReverse,  HalfHourTime,
                Epc.History2,               Get,               Rows,        HalfHours,        Epc.History2Time,
                Epc.History2Time,           GetSet,            RowSelector, HalfHours,        12,
                Epc.History3,               Get,               Rows,        Minutes,          Epc.History3Time,
                Epc.History3Time,           GetSet,            RowSelector, Minutes,          10,
            })
        {
        }
    }
}
