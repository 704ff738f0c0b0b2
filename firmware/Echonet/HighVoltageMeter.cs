using NanoComm.Metering;
using static NanoComm.Echonet.Access;
using static NanoComm.Echonet.HighVoltageValues;
using static NanoComm.Echonet.Kind;
using static NanoComm.Echonet.MeterValues;

namespace NanoComm.Echonet
{
    /// <summary>The high-voltage smart electric energy meter, class 0x028A: the normal direction, no minutes, no power.
    /// </summary>
    public sealed class HighVoltageMeter : MeterObject
    {
        private const byte LastDay = MeterData.HistoryDays - 1;

        /// <summary>Makes the object.</summary>
        /// <param name="values">Where its values come from.</param>
        public HighVoltageMeter(HighVoltageValues values)
            : base(Eoj.HighVoltageMeter, values, CommonTable(), new byte[]
            {
                // EPC                   access             kind      source                  with
                Epc.MaximumDemand,       Get,               U32,      MaximumDemandNormal,    0,
                Epc.CumulativeDemand,    GetCumulative,     U32,      CumulativeDemandNormal, 0,
                Epc.FixedTimeDemand,     GetInfAtFixedTime, TimedU32, HalfHourDemandNormal,   HalfHourTime,
                Epc.PowerFactorReactive, GetLiveReactive,   TimedU32, LagNormal,              ReadTime,
                Epc.FixedTimeReactive,   GetInfReactive,    TimedU32, HalfHourLagNormal,      HalfHourTime,
                Epc.ActiveEnergy,        GetLive,           TimedU32, Normal,                 ReadTime,
                Epc.FixedTimeActive,     GetInfAtFixedTime, TimedU32, HalfHourNormal,         HalfHourTime,
                Epc.PowerFactorActive,   GetLiveReactive,   TimedU32, Normal,                 ReadTime,
            })
        {
        }

        /// <summary>The rows that both high-voltage classes have.</summary>
        internal static byte[] CommonTable()
        {
            return new byte[]
            {
                // EPC                     access         kind         source                 with
                Epc.DemandDigits,          Get,           U8,          DemandDigits,          0,
                Epc.DemandUnit,            Get,           U8,          DemandUnit,            0,
                Epc.NormalDemandHistory,   Get,           DayHistory,  DemandHalfHoursNormal, Epc.HistoryDay,
                Epc.CumulativeDemandUnit,  GetCumulative, U8,          CumulativeDemandUnit,  0,
                Epc.ReactiveDigits,        GetReactive,   U8,          ReactiveDigits,        0,
                Epc.ReactiveUnit,          GetReactive,   U8,          ReactiveUnit,          0,
                Epc.NormalReactiveHistory, GetReactive,   DayHistory,  LagHalfHoursNormal,    Epc.HistoryDay,
                Epc.Coefficient,           Get,           U32,         Coefficient,           0,
                Epc.Multiplier,            Get,           U8,          Multiplier,            0,
                Epc.FixedDate,             Get,           U8,          FixedDate,             0,
                Epc.HistoryDay,            GetSet,        DaySelector, 0,                     LastDay,
                Epc.ActiveDigits,          Get,           U8,          Digits,                0,
                Epc.ActiveUnit,            Get,           U8,          Unit,                  0,
                Epc.NormalHistory,         Get,           DayHistory,  HalfHoursNormal,       Epc.HistoryDay,
            };
        }
    }
}
