#!/bin/sh
# 一件采购从用款计划到备案表：导入、编制、三次审核、编号、打印、核对。
# 用法：sh docs/story/filing.sh 空文件夹        （说明见 docs/cli-story.md）
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
work=${1:?请给一个空文件夹}
mkdir -p "$work"
program=${GOVPROC:-govproc-desktop}

gov() { $program --database "$work/office.sqlite3" "$@"; }

# 从一行答复里取一项的值
field() { grep -o "\"$1\": \"\{0,1\}[^\",}]*" | head -n 1 | sed 's/^[^:]*: "\{0,1\}//'; }

# 办一步：先显示答复，再记下新的版本号
step() {
    answer=$(gov "$@") || { printf '%s\n' "$answer"; exit 1; }
    printf '%s\n' "$answer"
    version=$(printf '%s\n' "$answer" | field version)
}

echo "== 1 建库：财政厅的管理员，再由她登记单位和人"
echo "Yanlian-2026" | gov init --unit-code 410000 --unit-name 河南省财政厅 --kind finance \
    --region 410000 --login hejing --name 何静 --password-stdin --at 2026-11-23T08:30
office=$(gov get lookup.units --as hejing | field uid)
sed "s/@OFFICE@/$office/" "$here/setup.jsonl" > "$work/setup.jsonl"
gov do --script "$work/setup.jsonl" --at 2026-11-23T08:40

echo "== 2 导入用款计划：先试算，再导入；再导一遍，一分钱也不会多"
file=$here/YKJH_410000_101001_20261123_001.csv
gov import fund_plan "$file" --as zhoumin --at 2026-11-23T09:00 --dry-run
gov import fund_plan "$file" --as zhoumin --at 2026-11-23T09:00
gov import fund_plan "$file" --as zhoumin --at 2026-11-23T09:05

echo "== 3 编制计划：从用款计划里用 4,600,000.00 元"
fund=$(gov get fund_plan.list --as zhoumin --json '{"search": "JH2026410000001"}' | field uid)
sed "s/@FUND_PLAN@/$fund/" "$here/plan.json" > "$work/plan.json"
plan=$(field plan < "$work/plan.json")
step do plan.save --as zhoumin --json "$work/plan.json" --at 2026-11-23T09:20
echo "-- 非公开招标要附申请理由，否则财政不能同意"
paper=$here/../../resources/demo/files/method_reason.pdf
cat > "$work/attachment.json" <<JSON
{"attachment": "5f0c1f6e-6a55-4c0e-9a0f-2026112300d1", "doc_kind": "plan", "document": "$plan",
 "kind_code": "method_reason", "name": "非公开招标方式申请理由.pdf", "mime": "application/pdf",
 "data": "$(base64 < "$paper" | tr -d '\n')"}
JSON
gov do attachment.add --as zhoumin --json "$work/attachment.json" --at 2026-11-23T09:20
echo "-- 提交前问一问：哪条规则通过，哪条只是提醒"
gov explain plan.submit --as zhoumin --at 2026-11-23T09:21 \
    --json "{\"plan\": \"$plan\", \"seen_version\": $version}"

echo "== 4 提交：此时占用资金；金额超过公开招标数额又不公开招标，须财政审核"
step do plan.submit --as zhoumin --json "{\"plan\": \"$plan\", \"seen_version\": $version}" \
    --at 2026-11-23T09:30
echo "-- 自己审自己：拒绝，退出码 1"
if gov do plan.approve --as zhoumin --at 2026-11-23T09:31 \
    --json "{\"plan\": \"$plan\", \"seen_version\": $version}"; then
    echo "不该通过" >&2
    exit 1
fi

echo "== 5 三次审核，最后一次才编号"
at=10
for person in zhengjianguo linlan xuzhiyuan; do
    step do plan.approve --as "$person" --at "2026-11-23T$at:00" \
        --json "{\"plan\": \"$plan\", \"seen_version\": $version, \"opinion\": \"同意\"}"
    at=$((at + 1))
done
number=$(printf '%s\n' "$answer" | field number)
echo "-- 备案编号：$number"

echo "== 6 打印备案表，看钱，核对全库"
gov print F-01 "$plan" -o "$work/备案表.pdf" --as zhoumin --at 2026-11-23T14:00
gov get fund_plan.list --as zhoumin --at 2026-11-23T14:00
gov verify
printf '%s\n' "$number" > "$work/number.txt"
