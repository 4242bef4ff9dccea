"""Why a step is refused, in words; the codes are those of ``measures-interface.md``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from measures.findings import Because, Reason

if TYPE_CHECKING:
    from measures.casework.notices import Review


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands in the way, and the reviews that have to come first."""

    code: str
    because: Because
    reviews: tuple[Review, ...] = ()


ENDED = Reason("事项已经办结或终止", "the case is completed or ended")
WRONG_STATUS = Reason(
    "对象状态为“{status}”，不能办理{procedure}",
    "the subject is “{status}”, which the procedure “{procedure}” does not start from",
)
NEVER_EXITED = Reason(
    "没有历年脱贫记录，不能按返贫办理",
    "there is no exit on record, so there is no return",
)
SAME_YEAR = Reason(
    "{exited}脱贫，返贫须在以后年度",
    "the exit was on {exited}; a return needs an exit of an earlier year",
)
NO_FIRST_DATE = Reason(
    "没有办理日期，无法判断是否历年脱贫户",
    "without a date it cannot be told whether the exit was in an earlier year",
)
WRONG_STEP = Reason(
    "现在应办理：{due}，不是{step}", "the step due is: {due}; not {step}"
)
WRONG_LEVEL = Reason(
    "{step}应由{due}办理，不是{level}", "{step} is for: {due}; not for: {level}"
)
WRONG_OUTCOME = Reason(
    "{step}没有“{outcome}”这一结果", "{step} cannot have the outcome “{outcome}”"
)
TOO_EARLY = Reason(
    "{on}早于上一步结束之日{last}", "{on} is before {last}, when the last step ended"
)
STANDARD_NOT_MET = Reason("未达到脱贫摘帽标准", "the exit standard is not met")
STANDARD_MET = Reason("已达到脱贫摘帽标准", "the exit standard is met")
STANDARD_UNKNOWN = Reason(
    "没有是否达到标准的认定结果",
    "it has not been established whether the standard is met",
)
NO_HARDSHIP = Reason("没有确属生活困难的依据", "real hardship is not established")
NO_VETO = Reason("识别前没有一票否决情形", "no veto held before identification")
VETO_UNKNOWN = Reason(
    "没有识别前一票否决情形的核实结果",
    "it has not been established whether a veto held before identification",
)
NO_FAILED_CHECK = Reason(
    "没有未通过的抽查核验",
    "no check by city, region, other province or third party failed",
)
NO_CLASS = Reason(
    "未写明是国家级还是自治区级贫困县", "the class of the county is not stated"
)
NO_NOTICE = Reason("没有公示记录", "there is no record of the notice")
NOTICE_ENDS_FIRST = Reason(
    "公示结束日{until}早于开始日{since}", "the notice ends on {until}, before {since}"
)
NOTICE_BEFORE_STEP = Reason(
    "公示开始日{since}早于办理日{on}", "the notice begins on {since}, before {on}"
)
SHORT_NOTICE = Reason(
    "公示{days}天，少于{least}天", "the notice lasted {days} days, fewer than {least}"
)
NOTICE_RUNNING = Reason(
    "公示到{until}才满，{on}还不能办结",
    "the notice runs until {until}; the step cannot be concluded on {on}",
)
OBJECTION_OPEN = Reason(
    "公示期间{raised}提出的异议尚未复核处理，由{level}复核",
    "the objection of {raised} has not been reviewed and settled; for: {level}",
)
OBJECTION_UPHELD = Reason(
    "{raised}提出的异议于{settled}复核成立：只能按不通过办理，或者重新公示",
    "the objection of {raised} was upheld on {settled}: the step fails, or notice is"
    " given anew",
)
OBJECTION_OUTSIDE = Reason(
    "异议日{raised}不在{since}至{until}的公示期内",
    "the objection of {raised} is outside the notice from {since} to {until}",
)
SETTLED_FIRST = Reason(
    "异议的处理日{settled}早于提出日{raised}",
    "the objection was settled on {settled}, before it was raised on {raised}",
)
CONCLUDED_FIRST = Reason(
    "办结日{on}早于异议的处理日{settled}",
    "the step was concluded on {on}, before an objection was settled on {settled}",
)
NO_QUORUM = Reason(
    "应到{called}人，实到{present}人，不足{numerator}/{denominator}",
    "{present} of {called} were present, fewer than {numerator}/{denominator}",
)
NO_MAJORITY = Reason(
    "实到{present}人，同意{in_favour}人，没有超过{numerator}/{denominator}",
    "{in_favour} of {present} were in favour, not more than {numerator}/{denominator}",
)
NO_DOCUMENTS = Reason("缺少：{documents}", "missing: {documents}")
NOT_KEPT = Reason(
    "不予剔除须未达到八有一超且确属生活困难，并写明未达标的项目",
    "keeping needs the failing item of the standard, and real hardship",
)
