"""The commands: what each is called, what it says of itself, what it takes, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hotline_desk.arguments import (
    Option,
    count,
    day,
    days,
    month,
    option,
    pdf_file,
    place,
    positive,
    seconds,
    table_file,
    word,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What a command is called, what it does, and where its function is."""

    says: str
    """Empty for a command that the program gives itself; --help does not list it."""
    target: str
    window: str = ""
    """What does it in a window, where there is a display and none is declined."""
    writes: bool = False
    """Whether people write into the ledger with it: a copy is made that day."""
    of_ledger: bool = False
    """Whether it tells or changes what the ledger holds: not before a restored one is cleaned."""
    options: tuple[Option, ...] = ()


_TAKE = option("take", type=Path, metavar="录音文件夹", help="例如 take-20261125-095000")
_MODEL = option("--model", type=Path, metavar="文件夹", help="语音模型；不写则用设置里的模型")

COMMANDS: dict[str, Command] = {
    "demo": Command(
        says="用样例来电走一遍主要流程：线路、录音、字幕、台账、PDF",
        target="hotline_desk.workflows.demo:run",
        window="hotline_desk.app:demo",
        options=(
            option("--headless", action="store_true", help="不开窗口"),
            option("--sound-server", action="store_true", help="经自带的声音服务播放样例来电"),
            option("--speed", type=positive, default=None, metavar="倍数", help="播放速度"),
        ),
    ),
    "devices": Command(
        says="列出可以作为线路的输入设备",
        target="hotline_desk.capture.devices:list_devices",
    ),
    "record": Command(
        says="录音：写入一个录音文件夹，直到按 Ctrl+C，或文件夹里出现 stop 文件",
        target="hotline_desk.capture.keeper:record",
        options=(
            option("--line", action="append", required=True, metavar="名称=设备", dest="lines",
                    help="一路线路，可写多次；设备是输入名，或 file:路径[?channel=2][&speed=8]"),
            option("--role", action="append", default=[], metavar="名称=角色", dest="roles",
                    help="线路的角色：来电、演播室、节目输出（PGM）或坐席"),
            option("--take", type=place, required=True, metavar="文件夹",
                    help="录音文件夹（新建）"),
            option("--for", type=positive, default=None, metavar="秒", dest="seconds",
                    help="录够这么多秒就停"),
            option("--delay", type=seconds, default=None, metavar="秒",
                    help="播出比直播间晚多少秒，记在录音里；不写则用设置里的"),
            option("--second", type=place, default=None, metavar="文件夹",
                    help="第二文件夹：另一个磁盘上的文件夹，录音文件夹写不下时接着写在那里"),
            option("--longest", type=positive, default=None, metavar="小时",
                    help="录过这么久，各路都静了 10 分钟就停，最长到它的两倍；不写则用设置里的"),
            option("--purge-after", type=positive, default=None, metavar="分钟",
                    help="坐席线路上没有标记的声音保留多久；不写则用设置里的"),
            option("--pre-roll", type=seconds, default=None, metavar="秒",
                    help="坐席线路上，标记之前多少秒也算在内；不写则用设置里的"),
        ),
    ),
    "capture-child": Command(
        says="",
        target="hotline_desk.capture.child:capture",
        options=(
            option("source"),
            option("--speed", type=float, required=True),
            option("--rate", type=int, default=0),
            option("--position", default=""),
            option("--other", dest="others", action="append", default=[]),
        ),
    ),
    "caption": Command(
        says="给一次录音生成字幕，边录边生成，录完即止",
        target="hotline_desk.speech.captioner:caption",
        options=(_TAKE, _MODEL),
    ),
    "check": Command(
        says="给一次录音做体检：长度、断点、设备、削波、静音、电平、响度，各段校验值和结论",
        target="hotline_desk.workflows.check:check",
        options=(_TAKE,),
    ),
    "transcribe": Command(
        says="批量转写声音文件",
        target="hotline_desk.speech.batch:transcribe_files",
        options=(
            option("files", nargs="+", type=Path, metavar="声音文件", help="可写多个"),
            option("--format", choices=("txt", "srt", "vtt", "json"), default="txt",
                    help="输出格式"),
            option("--jobs", type=count, default=None, metavar="核数", help="同时使用几个核"),
            _MODEL,
            option("-o", "--output", type=Path, default=None, metavar="文件夹",
                    help="写到这个文件夹；不写则直接显示"),
        ),
    ),
    "suggest": Command(
        says="读标准输入，一行一段来电人的话，每行给出类别、金额、人数、日期、单位和诉求要点",
        target="hotline_desk.speech.suggest:suggest_lines",
    ),
    "deadline": Command(
        says="算出联系、方案、办结的期限日",
        target="hotline_desk.workflows.limits:deadline",
        options=(
            option("--received", type=day, required=True, metavar="日期",
                    help="接收日，例如 2026-02-13"),
            option("--complex", action="store_true", help="复杂；不写则为一般"),
        ),
    ),
    "due": Command(
        says="今日待办：期限、付款、回访、函件答复、时效、立案，先急后缓",
        target="hotline_desk.workflows.due:tell_due",
        of_ledger=True,
        options=(
            option("--on", type=day, metavar="日期",
                    help="哪一天，例如 2026-02-13；不写则为今天；"
                    "过去的日子期限算到那一天，其余按现在的台账"),
            option("--owner", metavar="承办人", help="只列这个人的；写空的引号则列没有承办人的"),
            option("--imported", action="store_true", help="只列导入的旧案里还等着办的"),
        ),
    ),
    "staff": Command(
        says="列出人员：律师、调解员、工会干部、志愿者，专长和在办案件",
        target="hotline_desk.workflows.registers:tell_staff",
        of_ledger=True,
    ),
    "points": Command(
        says="列出服务点（填报单位），下级排在上级后面",
        target="hotline_desk.workflows.registers:tell_points",
        of_ledger=True,
    ),
    "stats": Command(
        says="统计：一段日子的各项数字；daily 每日台账，monthly 每月汇总，close 月结",
        target="hotline_desk.workflows.tell_statistics:stats",
        of_ledger=True,
        writes=True,
        options=(
            option("what", nargs="?", choices=("period", "daily", "monthly", "close"),
                    default="period", metavar="哪一种",
                    help="period、daily、monthly 或 close；不写则为 period"),
            option("--from", type=day, dest="since", metavar="日期", help="从这一天起"),
            option("--to", type=day, dest="until", metavar="日期", help="到这一天止"),
            option("--on", type=day, metavar="日期", help="只这一天"),
            option("--month", type=month, metavar="月份",
                    help="整个月，例如 2026-11；monthly 和 close 要写"),
            option("--unit", default="", metavar="填报单位",
                    help="这个单位和它下面的；不写则为全部"),
            option("--by", choices=("episode", "month", "category", "channel", "route",
                                     "district", "lawyer", "unit"),
                    metavar="分组", help="再按期号 episode、月份 month、类别 category、"
                    "渠道 channel、分流 route、区县 district、解答人 lawyer 或填报单位 unit 分列"),
            option("--internal", action="store_true",
                    help="每月汇总的内部版：不脱敏，记入访问记录"),
            option("--why", default="", metavar="事由", help="内部版给谁用、为什么"),
            option("--prepared-by", default="", metavar="填报人", help="月结的填报人"),
            option("--reviewed-by", default="", metavar="审核人", help="月结的审核人"),
            option("--signed-by", default="", metavar="签发人", help="月结的签发人"),
        ),
    ),
    "search": Command(
        says="在台账和字幕里查找",
        target="hotline_desk.workflows.find:search",
        of_ledger=True,
        options=(option("words", nargs="+", type=word, metavar="词",
                         help="也可以是台账编号、金额、来电人的姓名或电话"),),
    ),
    "summary": Command(
        says="生成一期节目的 PDF 纪要",
        target="hotline_desk.workflows.summarise:summary",
        of_ledger=True,
        options=(
            option("episode", type=int, metavar="期号", help="例如 190"),
            option("-o", "--output", type=pdf_file, default=None, metavar="文件.pdf",
                    help="写到这个文件；不写则放在这一期的文件夹里"),
            option("--internal", action="store_true",
                    help="内部版：不隐去个人信息，记入访问记录"),
            option("--why", default="", metavar="事由", help="内部版给谁用、为什么"),
        ),
    ),
    "model list": Command(
        says="列出已安装的语音模型", target="hotline_desk.speech.models:list_models"
    ),
    "model install": Command(
        says="安装一个下载好的语音模型（文件夹或 zip），并设为使用中",
        target="hotline_desk.speech.install:install_model",
        options=(option("source", type=Path, metavar="文件夹或zip", help="下载好的语音模型"),),
    ),
    "model remove": Command(
        says="删除一个安装过的语音模型",
        target="hotline_desk.speech.install:remove_model",
        options=(option("name", metavar="名称", help="model list 列出的名称"),),
    ),
    "model-probe": Command(
        says="",
        target="hotline_desk.speech.recogniser:probe",
        options=(option("model", type=Path),),
    ),
    "model check": Command(
        says="在本机上测一个语音模型：速度和内存",
        target="hotline_desk.speech.check:check_model",
        options=(
            option("model", nargs="?", type=Path, default=None, metavar="文件夹",
                    help="语音模型文件夹；不写则用设置里的模型"),
        ),
    ),
    "ledger init": Command(
        says="建立工作文件夹和空的台账", target="hotline_desk.workflows.ledger_deeds:init"
    ),
    "ledger list": Command(
        says="列出台账的问题，或案件",
        target="hotline_desk.workflows.ledger_rows:list_rows",
        of_ledger=True,
        options=(
            option("words", nargs="*", type=word, metavar="词", help="只列含有这些词的"),
            option("--cases", action="store_true", help="列案件"),
            option("--open", action="store_true", help="只列没有结案的案件"),
            option("--actions", action="store_true", help="列转办、督办、质检、催办等登记"),
            option("--letters", action="store_true", help="列一函两书登记簿"),
            option("--episode", type=count, metavar="期号", help="只列这一期的问题"),
            option("--since", type=day, metavar="日期", help="从这个接收日起"),
            option("--until", type=day, metavar="日期", help="到这个接收日止"),
            option("--limit", type=count, metavar="行数", help="最多几行；不写则 500"),
        ),
    ),
    "ledger show": Command(
        says="显示一个问题或一件案件的全部内容，脱敏",
        target="hotline_desk.workflows.ledger_rows:show_row",
        of_ledger=True,
        options=(
            option("number", type=word, metavar="编号", help="台账编号或案件编号"),
            option("--internal", action="store_true", help="内部版：不脱敏，记入访问记录"),
            option("--why", default="", metavar="事由", help="内部版给谁用、为什么"),
        ),
    ),
    "ledger add": Command(
        says="登记一个问题",
        target="hotline_desk.workflows.ledger_deeds:add_row",
        of_ledger=True,
        writes=True,
        options=(
            option("point", type=word, metavar="诉求要点", help="一句话"),
            *(option(name, default="", metavar=what, help=about) for name, what, about in (
                ("--category", "类别", "问题类别；不写则待定"),
                ("--kind", "类型", "咨询、求决、投诉举报、意见建议、表扬；不写则咨询"),
                ("--channel", "渠道", "来源渠道；不写则 12351 热线"),
                ("--employer", "单位", "用人单位"),
                ("--amount", "金额", "诉求金额，例如 3000 或 3.3万"),
                ("--external-number", "编号", "外部工单号"),
                ("--name", "姓名", "来电人的姓名"),
                ("--phone", "电话", "来电人的电话"),
            )),
            option("--people", type=count, metavar="人数", help="涉及人数"),
            option("--episode", type=count, metavar="期号", help="属于哪一期；不写则期外"),
            option("--on", type=day, metavar="日期", help="哪一天收到的（接收日期）；不写则现在"),
            option("--case", action="store_true", help="同时立案，期限从接收日期起算"),
        ),
    ),
    "ledger move": Command(
        says="推进一件案件的进程，或记办结、结案、重办（从结案改为待联系）",
        target="hotline_desk.workflows.ledger_deeds:move",
        of_ledger=True,
        writes=True,
        options=(
            option("number", type=word, metavar="案件编号", help="例如 AJ-2026-0031"),
            option("to", metavar="进程", help="例如 调解中；也可写 办结"),
            option("--on", type=day, metavar="日期", help="哪一天；不写则为今天"),
            option("--way", default="", metavar="方式", help="办结方式或结案方式"),
            option("--why", default="", metavar="理由",
                   help="答应的款项还没有到账就结案的，写明为什么不再跟进"),
        ),
    ),
    "ledger export": Command(
        says="把台账导出为 Excel 或 CSV",
        target="hotline_desk.workflows.export:export",
        of_ledger=True,
        options=(
            option("-o", "--output", type=table_file, required=True, metavar="文件",
                    help="以 .xlsx 或 .csv 结尾；CSV 每张表一个文件"),
            option("--since", type=day, metavar="日期", help="从这个接收日起"),
            option("--until", type=day, metavar="日期", help="到这个接收日止"),
            option("--internal", action="store_true", help="内部版：不脱敏，记入访问记录"),
            option("--why", default="", metavar="事由", help="内部版给谁用、为什么"),
        ),
    ),
    "export-asked": Command(
        says="",
        target="hotline_desk.workflows.export_beside:export_asked",
        of_ledger=True,
    ),
    "delete-person": Command(
        says="个人信息删除（匿名化）：问题和统计数字都留着",
        target="hotline_desk.workflows.confirm_deletion:delete_person",
        options=(
            option("number", nargs="?", default="", metavar="编号",
                    help="台账编号，删除它的来电人；或案件编号，再写 --party。"
                         "不写则接着做没有做完的删除"),
            option("--party", default="", metavar="姓名", help="案件里的一个当事人"),
            option("--dry-run", action="store_true", help="只列出会删掉什么，不删除"),
            option("--own-only", action="store_true",
                    help="别人也用的号码（单位总机）不从别人的记录里去掉"),
            option("--leave", action="append", default=[], metavar="编号",
                    help="列出的别人的记录里，这一条写的是同名的别人，不动它；可写多次"),
            option("--with-files", action="store_true", help="列出的导出文件和文字稿一并删除"),
            option("--with-backups", action="store_true",
                    help="列出的备份一并删除；没有别的备份时先另做一份"),
            option("--confirm", default=None, metavar="删除",
                    help="不再询问：要原样写“删除”两个字"),
        ),
    ),
    "publications": Command(
        says="发布与撤下记录：什么时候、发布到哪里、哪个版本，哪些应当撤下",
        target="hotline_desk.workflows.publications:tell_publications",
        of_ledger=True,
        options=(
            option("--to-withdraw", action="store_true",
                    help="只列撤下清单：来电人后来不同意播出或公开的"),
        ),
    ),
    "purge-temporary": Command(
        says="清除到期的临时（不归档）记录的内容，编号和统计数字都留着",
        target="hotline_desk.workflows.keep_classes:purge_temporary",
        of_ledger=True,
        options=(
            option("--days", type=days, default=None, metavar="天数",
                    help="接收多少天以后；不写则用设置里的"),
            option("--dry-run", action="store_true", help="只列出会清除什么，不清除"),
            option("--confirm", default=None, metavar="删除",
                    help="不再询问：要原样写“删除”两个字"),
        ),
    ),
    "accesses": Command(
        says="访问记录：谁在什么时候导出或查看过没有脱敏的内容",
        target="hotline_desk.workflows.accesses:list_accesses",
        of_ledger=True,
        options=(
            option("--since", type=day, metavar="日期", help="从这一天起"),
            option("--until", type=day, metavar="日期", help="到这一天止"),
        ),
    ),
    "ledger import": Command(
        says="导入已有的台账（Excel 或 CSV）：逐行检查，全部导入或什么也不导入",
        target="hotline_desk.workflows.import_ledger:import_ledger",
        of_ledger=True,
        writes=True,
        options=(
            option("file", type=place, metavar="文件", help="以 .xlsx 或 .csv 结尾"),
            option("--map", type=place, metavar="文件.toml",
                    help="列对照；不写则按表头认，或用存过的对照。文件里有四段，每段以下一行一条："
                         "[columns] \"文件的表头\" = \"台账的栏名\"（空着不导入），"
                         "[tables.\"表名\"] 同样，只管一张表，"
                         "[words.\"栏名\"] \"文件的词\" = \"台账的词\"，"
                         "[defaults] \"栏名\" = \"没有写的行一律记为\"；"
                         "--dry-run 按文件列出要写的行"),
            option("--dry-run", action="store_true", help="只检查，不写入台账"),
            option("--skip", action="store_true", help="跳过有问题的行"),
        ),
    ),
    "backup": Command(
        says="现在就备份一次台账",
        target="hotline_desk.workflows.restore:back_up",
        of_ledger=True,
    ),
    "restore": Command(
        says="用一份备份恢复台账，原来的台账留在 backups 里",
        target="hotline_desk.workflows.restore:restore",
        options=(option("file", type=Path, metavar="备份文件",
                         help="backups 里的 ledger-日期.db"),),
    ),
    "doctor": Command(
        says="检查工作文件夹：台账、历史、检索、录音",
        target="hotline_desk.workflows.examine:doctor",
        options=(option("--rebuild", action="store_true", help="重建字幕副本和检索"),),
    ),
}  # fmt: skip

GROUPS = {
    "model": "语音模型：list 列出，check 检测，install 安装，remove 删除",
    "ledger": "台账：list 列出，show 显示，add 登记，move 推进，import 导入，export 导出",
}
